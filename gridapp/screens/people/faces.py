"""The field of a portrait: the photo goes up by itself (``assets/staff/manage.js``)."""

import reflex as rx


def portrait_field() -> rx.Component:
    """Ask for a photo; its hash stands in the hidden field once it has arrived."""
    return rx.el.div(
        rx.el.p("照片", class_name="field-label"),
        rx.el.p(
            "正面、清楚的近照，方形裁切。支持 JPEG、PNG、WebP、HEIC。", class_name="field-help"
        ),
        rx.el.label(
            "选择照片",
            rx.el.input(
                id="portrait",
                type="file",
                accept="image/*",
                name="portrait",
                custom_attrs={"data-portrait": "true"},
            ),
            class_name="button short file-button",
        ),
        rx.el.input(type="hidden", name="photo", custom_attrs={"data-portrait-hash": "true"}),
        rx.el.p(
            role="status", custom_attrs={"data-portrait-said": "true"}, class_name="field-hint"
        ),
        class_name="field",
        custom_attrs={"data-portrait-field": "true"},
    )

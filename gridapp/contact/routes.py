"""The addresses of first contact, for people without an account and for the field."""

from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from gridapp.contact import (
    check_in,
    field,
    find,
    home,
    messages,
    place,
    promote,
    receipt,
    report,
    shell,
    sign_in,
    today,
    track,
    visit,
)
from gridapp.contact.assets import ASSETS_DIR, show_asset
from gridapp.contact.doors import filling, reading
from gridapp.contact.elder import choose_size
from gridapp.contact.mine import choose_mine


def contact_routes() -> list[BaseRoute]:
    """Give the routes of every server-rendered page."""
    return [*_resident_routes(), *_session_routes(), *_field_routes(), *_shell_routes()]


def asset_mount() -> Mount:
    """Serve ``assets`` as they are; the whole app publishes them with its front end instead."""
    return Mount("/", app=StaticFiles(directory=ASSETS_DIR), name="assets")


def _resident_routes() -> list[BaseRoute]:
    case = "/c/{track}"
    return [
        Route("/", reading(home.show_home)),
        Route("/elder", filling(choose_size), methods=["POST"]),
        Route("/q", reading(home.open_code)),
        Route("/q/{code}", place.show_place),
        # A code printed in capitals makes a denser QR; so the whole address may come in capitals.
        Route("/Q/{code}", place.show_place),
        Route("/q/{code}/me-too", filling(place.say_me_too), methods=["POST"]),
        Route("/report", reading(report.show_report)),
        Route("/report", filling(report.send_report), methods=["POST"]),
        # Before the case: a token is longer than this name.
        Route("/c/push.js", messages.show_push_worker),
        Route(case, reading(track.show_case)),
        Route(f"{case}/receipt.png", reading(receipt.show_receipt)),
        Route(f"{case}/mine", filling(choose_mine), methods=["POST"]),
        Route(f"{case}/messages", filling(messages.choose), methods=["POST"]),
        Route(f"{case}/photos/{{sha256}}", reading(track.show_photo)),
        Route(f"{case}/words", filling(track.add_words), methods=["POST"]),
        Route(f"{case}/rating", filling(track.rate), methods=["POST"]),
        Route(f"{case}/thanks", filling(track.thank), methods=["POST"]),
        Route(f"{case}/phone", filling(track.leave_phone), methods=["POST"]),
        Route("/find", reading(find.show_find)),
        Route("/find", filling(find.do_find), methods=["POST"]),
        Route(f"{case}/reopening", filling(track.reopen), methods=["POST"]),
    ]


def _session_routes() -> list[BaseRoute]:
    return [
        Route("/sign-in", reading(sign_in.show_sign_in)),
        Route("/sign-in", filling(sign_in.do_sign_in), methods=["POST"]),
        Route("/sign-out", filling(sign_in.do_sign_out), methods=["POST"]),
        Route("/password", reading(sign_in.show_password)),
        Route("/password", filling(sign_in.do_password), methods=["POST"]),
    ]


def _field_routes() -> list[BaseRoute]:
    routes: list[BaseRoute] = [
        Route("/field/done", reading(field.show_done)),
        Route("/field/outbox", reading(shell.show_outbox)),
        Route("/field/today", reading(today.show_today)),
        Route("/field/check_in", reading(check_in.show_check_in)),
        Route("/field/check_in", filling(check_in.send_check_in), methods=["POST"]),
    ]
    routes += [
        Route("/field/visit", reading(visit.show_visit)),
        Route("/field/visit", filling(visit.send_visit), methods=["POST"]),
        Route("/field/promote", reading(promote.show_promote)),
        Route("/field/promote", filling(promote.send_promote), methods=["POST"]),
    ]
    # Each by its name: the modules under /field/ are files, and served as such.
    for name in field.FORMS:
        routes.append(Route(f"/field/{name}", reading(field.show_form)))
        routes.append(Route(f"/field/{name}", filling(field.send_form), methods=["POST"]))
    return routes


def _shell_routes() -> list[BaseRoute]:
    return [
        Route("/v/{version}/{path:path}", show_asset),
        # Never renamed: a phone asks for it under this name as long as it has the app.
        Route("/sw.js", shell.show_worker),
        Route("/version.json", shell.show_version),
        Route("/manifest.webmanifest", shell.show_manifest),
    ]

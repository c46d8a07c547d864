"""What the page of message texts shows, and the form in which one is written."""

from dataclasses import dataclass
from typing import Final
from uuid import uuid4

import reflex as rx

from gridapp.domain.labels import DEED
from gridapp.domain.message_words import sms_parts, text_fault
from gridapp.domain.ruling import RuleKind
from gridapp.domain.telling import Occasion
from gridapp.domain.vocabulary import Deed
from gridapp.guard.allow import allow
from gridapp.screens.admin.changes import ChangeRow, read_changes
from gridapp.screens.admin.forming import FormFacts
from gridapp.screens.admin.once import do_once, quiet
from gridapp.screens.session import SessionState, look
from gridapp.screens.staff import greet
from gridapp.screens.who import RULE_KEEPERS
from gridapp.services.desk import Act, the_desk
from gridapp.services.messages.texts import TextView, list_texts, sample_of

_LONGEST: Final = 2000


@dataclass(frozen=True)
class TextRow:
    """The words of an occasion, with a sample and its price."""

    occasion: str
    title: str
    words: str
    price: str
    is_own: bool
    version: int
    blanks: list[str]


class TextsState(SessionState):
    """The list, and the text that is being written."""

    is_ready: bool = False
    rows: list[TextRow] = []
    said: str = ""
    occasion: str = ""
    label: str = ""
    words: str = ""
    blanks: list[str] = []
    sample: str = ""
    price: str = ""
    fault: str = ""
    is_own: bool = False
    busy: bool = False
    changes: list[ChangeRow] = []
    _uid: str = ""

    @rx.event
    @allow(*RULE_KEEPERS)
    async def load(self) -> None:
        """Open the page."""
        await greet(self)
        self.said = self.occasion = ""
        await read_texts(self)

    @rx.event
    @allow(*RULE_KEEPERS)
    async def open_form(self, occasion: str) -> None:
        """Open the form of a text."""
        row = next((row for row in self.rows if row.occasion == occasion), None)
        if row is None:
            return
        await quiet(self)
        self.occasion, self.label, self._uid = occasion, row.title, str(uuid4())
        self.words, self.blanks = row.words, row.blanks
        self.is_own = row.is_own
        self.changes = await read_changes(self, RuleKind.TEXT, occasion)
        self._weigh(row.words)

    @rx.event
    @allow(*RULE_KEEPERS)
    async def try_words(self, words: str) -> None:
        """Show what would be sent, while it is being typed."""
        if self.occasion and len(words) <= _LONGEST:
            self._weigh(words)

    def _weigh(self, words: str) -> None:
        occasion, plain = Occasion(self.occasion), " ".join(words.split())
        settings = the_desk().settings
        self.fault = text_fault(occasion, plain)
        self.sample = sample_of(occasion, plain, settings.sms_signature, settings.public_url)
        self.price = price_words(self.sample)

    @rx.event
    @allow(*RULE_KEEPERS)
    async def close_form(self) -> None:
        """Put the form away."""
        await quiet(self)
        self.occasion = ""

    @rx.event
    @allow(*RULE_KEEPERS)
    async def save(self, form: FormFacts) -> None:
        """Keep the words; a second tap finds the form closed."""
        await self._keep(str(form.get("words", ""))[:_LONGEST], "已保存，下一条短信就用新的内容。")

    @rx.event
    @allow(*RULE_KEEPERS)
    async def reset_words(self) -> None:
        """Go back to the words that the program brings."""
        await self._keep("", "已恢复系统默认的内容。")

    async def _keep(self, words: str, said: str) -> None:
        row = next((row for row in self.rows if row.occasion == self.occasion), None)
        if row is None or self.busy:
            return
        self.busy = True
        facts = {"words": words}
        done = await do_once(self, Deed.CHANGE_TEXT, self.occasion, facts, row.version, self._uid)
        if done is not None:
            self.occasion, self.said = "", said
        await read_texts(self)
        self.busy = False


async def read_texts(page: TextsState) -> None:
    """Read everything anew."""
    found = await look(page, _texts)
    if found is not None:
        page.rows = [_row(view) for view in found]
        page.is_ready = True


def _texts(act: Act) -> tuple[TextView, ...]:
    settings = the_desk().settings
    return list_texts(act, settings.sms_signature, settings.public_url)


def price_words(sample: str) -> str:
    """Say how long a message is, and as how many it is paid for."""
    signs, parts = sms_parts(sample)
    return f"连签名和链接约{signs}字，按{parts}条短信计费"


def _row(view: TextView) -> TextRow:
    return TextRow(
        occasion=view.occasion, title=f"{DEED[view.deed]}后", words=view.words,
        price=price_words(view.sample), is_own=view.is_own, version=view.version,
        blanks=[f"{{{name}}}" for name in view.placeholders],
    )  # fmt: skip

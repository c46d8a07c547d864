"""What a backup file must be before anything of it is believed."""

import gzip
import tarfile
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO

import pytest

from gridapp.services.store.archive import Archive, ArchiveWriter, Manifest
from gridapp.services.store.refusals import DamagedBackupError, NotABackupError
from tests.clock import NOON
from tests.services.store.keeping import quiet

PHOTO = b"a photo" * 200
NAME = f"files/{sha256(PHOTO).hexdigest()}"


def archive(extra: dict[str, bytes] | None = None, *, squeezed: bool = False) -> bytes:
    out = BytesIO()
    writer = ArchiveWriter(out, squeezed=squeezed)
    writer.add_bytes("tables/grid", b"1\tone\n" * 300)
    writer.add_bytes(NAME, PHOTO)
    for name, body in (extra or {}).items():
        writer.add_bytes(name, body)
    manifest = Manifest(
        gridapp="0.1",
        made_at=NOON,
        kind="sqlite",
        revision="1",
        tables=(),
        sha256=writer.sha256.copy(),
    )
    writer.finish(manifest)
    return out.getvalue()


def verify(body: bytes) -> Manifest:
    return Archive(BytesIO(body), len(body)).verify(quiet)


@pytest.mark.parametrize("squeezed", [False, True])
def test_a_whole_archive_is_believed(squeezed: bool) -> None:
    assert set(verify(archive(squeezed=squeezed)).sha256) == {"tables/grid", NAME}


@pytest.mark.parametrize("squeezed", [False, True])
@pytest.mark.parametrize("share", [0.02, 0.2, 0.5, 0.8, 0.99])
def test_a_cut_archive_is_refused(share: float, squeezed: bool) -> None:
    body = archive(squeezed=squeezed)
    with pytest.raises((DamagedBackupError, NotABackupError)):
        verify(body[: int(len(body.rstrip(b"\0")) * share)])


def test_an_archive_cut_between_two_members_is_refused() -> None:
    body = archive()
    with tarfile.open(fileobj=BytesIO(body)) as tar:
        ends = [header.offset for header in tar.getmembers()[1:]]
    for end in ends:
        with pytest.raises(DamagedBackupError):
            verify(body[:end] + bytes(1024))


def test_a_flipped_byte_in_any_member_is_refused() -> None:
    body = archive()
    with tarfile.open(fileobj=BytesIO(body)) as tar:
        places = [h.offset_data + h.size // 2 for h in tar.getmembers()]
        places += [h.offset + 3 for h in tar.getmembers()]  # in the name
    for place in places:
        flipped = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        with pytest.raises((DamagedBackupError, NotABackupError)):
            verify(flipped)


def test_a_flipped_byte_of_a_squeezed_archive_is_refused() -> None:
    body = bytearray(archive(squeezed=True))
    body[len(body) // 2] ^= 1
    with pytest.raises(DamagedBackupError):
        verify(bytes(body))


@pytest.mark.parametrize(
    "name", ["../evil", "/etc/passwd", "files/../../evil", "files/short", "tables/A;DROP", "a.txt"]
)
def test_a_name_that_no_backup_has_is_refused(name: str) -> None:
    with pytest.raises(NotABackupError, match="里面有"):
        verify(archive({name: b"x"}))


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE]
)
def test_a_link_or_a_device_is_refused(kind: bytes) -> None:
    out = BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        header = tarfile.TarInfo(NAME)
        header.type, header.linkname = kind, "/etc/passwd"
        tar.addfile(header)
    with pytest.raises(NotABackupError):
        verify(out.getvalue())


def test_a_member_that_comes_twice_is_refused() -> None:
    with pytest.raises(DamagedBackupError):
        verify(archive({NAME: PHOTO}))


def _unsealed(body: bytes) -> bytes:
    return body.replace(b'"sqlite"', b'"sqlitf"')


@pytest.mark.parametrize("change", [_unsealed, lambda body: body.replace(b'"lost"', b'"Lost"')])
def test_a_changed_manifest_is_refused(change: Callable[[bytes], bytes]) -> None:
    with pytest.raises(DamagedBackupError):
        verify(change(archive()))


@pytest.mark.parametrize(
    "body",
    [b"", b"hello", b"PK\x03\x04" * 400, gzip.compress(b"hello" * 500, mtime=0), b"\x1f\x8bno"],
)
def test_another_kind_of_file_is_refused(body: bytes) -> None:
    with pytest.raises((NotABackupError, DamagedBackupError)):
        verify(body)

"""Opens a file of boundaries by what is in it: JSON, XML, or a zip with one layer."""

import re
import zipfile
from io import BytesIO
from typing import Final

from gridapp.services.boundaries.files.feature import BoundaryFileError, Content
from gridapp.services.boundaries.files.geojson import read_geojson
from gridapp.services.boundaries.files.kml import read_kml
from gridapp.services.boundaries.files.shapefile import read_shapefile
from gridapp.services.boundaries.files.words import WordsError, decode_text

FILE_MAX_BYTES: Final = 20 * 1024 * 1024
_UNPACKED_MAX_BYTES: Final = 60 * 1024 * 1024
_MEMBERS_MAX_COUNT: Final = 500
_ZIP: Final = b"PK\x03\x04"
_SHAPE_ENDINGS: Final = frozenset({"shp", "shx", "dbf", "cpg", "prj"})
_ENCODING: Final = re.compile(rb"""<\?xml[^>]*encoding=["']([A-Za-z0-9_-]+)["']""")
_DECLARATION_MAX_BYTES: Final = 300


def read_boundaries(body: bytes) -> Content:
    """Read the shapes of a file.

    Raises:
        BoundaryFileError: It is none of the formats, damaged, or hostile.
    """
    content = _of_zip(body) if body.startswith(_ZIP) else _of_text(body)
    if not content.features:
        raise BoundaryFileError("文件里没有任何图形。")
    return content


def _of_text(body: bytes) -> Content:
    try:
        text = decode_text(body, _declared(body))
    except WordsError as error:
        raise BoundaryFileError(
            f"文件的文字读不出来：{error}。请用 UTF-8 另存后再导入。"
        ) from error
    start = text.lstrip()[:1]
    if start == "<":
        return read_kml(text)
    if start and start in "{[":
        return read_geojson(text)
    raise BoundaryFileError


def _declared(body: bytes) -> str:
    found = _ENCODING.search(body[:_DECLARATION_MAX_BYTES])
    return found[1].decode("ascii") if found else ""


def _of_zip(body: bytes) -> Content:
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            return _layer(_Members(archive))
    except (
        zipfile.BadZipFile,
        NotImplementedError,  # so zipfile tells of a packing that it does not know
        EOFError,
        OSError,
    ) as error:
        raise BoundaryFileError("压缩包已损坏，打不开。请重新打包。") from error
    except RuntimeError as error:
        raise BoundaryFileError("压缩包有密码，请去掉密码再上传。") from error


class _Members:
    """The files of an archive, read with one allowance for all of them together."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        infos = [one for one in archive.infolist() if not one.is_dir()]
        if len(infos) > _MEMBERS_MAX_COUNT:
            raise BoundaryFileError("压缩包里的文件太多，请只放一个图层。")
        self.names = [one.filename for one in infos if not _is_beside(one.filename)]
        self._left_bytes = _UNPACKED_MAX_BYTES

    def read(self, name: str) -> bytes:
        """Unpack one; the size that the archive declares is not believed."""
        with self._archive.open(name) as file:
            body = file.read(self._left_bytes + 1)
        self._left_bytes -= len(body)
        if self._left_bytes < 0:
            raise BoundaryFileError("压缩包解开后太大（超过60MB），已拒绝。")
        return body


def _is_beside(name: str) -> bool:
    """Tell what macOS adds beside each file: in a folder of its own, or under ``._`` on a stick."""
    return "__MACOSX" in name or name.rpartition("/")[2].startswith("._")


def _layer(members: _Members) -> Content:
    layers = [name for name in members.names if _ending(name) in {"shp", "kml", "geojson", "json"}]
    if not layers:
        raise BoundaryFileError("压缩包里没有 .shp、.kml 或 .geojson 文件。")
    shapes = [name for name in layers if _ending(name) == "shp"]
    wanted = shapes or layers
    if len(wanted) > 1:
        names = "、".join(name.rpartition("/")[2] for name in wanted[:5])
        raise BoundaryFileError(f"压缩包里有{len(wanted)}个图层（{names}），请一次只放一个。")
    if not shapes:
        return _of_text(members.read(wanted[0]))
    stem = _stem(wanted[0])
    parts = {
        _ending(name): members.read(name)
        for name in members.names
        if _stem(name) == stem and _ending(name) in _SHAPE_ENDINGS
    }
    return read_shapefile(parts)


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _stem(name: str) -> str:
    """Give a name without its ending; Windows writes one layer's names in both cases."""
    return name.rpartition(".")[0].casefold()

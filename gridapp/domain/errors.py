"""Refusals: each has a stable code for machines and one Chinese sentence for people."""

from datetime import datetime
from math import ceil
from typing import Any, Self


class GridappError(Exception):
    """A refusal that a person can understand and a program can tell apart.

    Args:
        sentence: What a person reads, in Chinese; it names the mend.
        facts: What a program needs to go on (missing photos, the current state, …).
    """

    code = "gridapp.error"
    sentence = "出了点问题，请稍后再试。"
    status = 400

    def __init__(self, sentence: str | None = None, **facts: Any) -> None:
        self.sentence = sentence or type(self).sentence
        self.facts = facts
        super().__init__(self.sentence)


class NotThereError(GridappError):
    """It does not exist, or is out of the asker's reach: the two look the same."""

    code = "not_there"
    sentence = "没有找到，或不在您的管辖范围内。"
    status = 404


class SignInNeededError(GridappError):
    """Nobody is signed in, or the session has ended."""

    code = "session.needed"
    sentence = "请先登录。"
    status = 401


class SignInRefusedError(GridappError):
    """Login or password is wrong; which one is not told."""

    code = "session.refused"
    sentence = "账号或密码不对。"
    status = 401


class LockedError(GridappError):
    """Too many failed attempts: the account rests for a while."""

    code = "session.locked"
    sentence = "密码连续输错，账号已锁定 30 分钟。"
    status = 423


class OtherPersonError(GridappError):
    """What a phone kept was captured by somebody other than who is signed in."""

    code = "session.other_person"
    sentence = "这是另一个人记录的内容，请由本人登录后上传。"
    status = 403


class PasswordChangeNeededError(GridappError):
    """The first password must be changed before anything else."""

    code = "session.password_change_needed"
    sentence = "首次登录，请先修改密码。"
    status = 403


class WeakPasswordError(GridappError):
    """The password breaks the rules of ``services.people.passwords``."""

    code = "password.weak"
    sentence = "密码至少 8 位，含大写、小写、数字、符号中的三类，且不能太常见。"
    status = 422


class NotAllowedError(GridappError):
    """In sight, but not for this role."""

    code = "not_allowed"
    sentence = "您没有这项权限。"
    status = 403


class ConfirmationNeededError(NotAllowedError):
    """Two people are needed for this post: the administrator asks, the security one confirms."""

    code = "post.confirmation_needed"
    sentence = "给自己安排岗位，或涉及系统管理员、安全管理员、审计员，须由安全管理员确认。"


class ConflictError(GridappError):
    """The subject has changed since the doer looked at it; ``current`` tells how."""

    code = "deed.conflict"
    sentence = "情况已有变化，请看最新状态再决定。"
    status = 409


class MoveRefusedError(GridappError):
    """The deed does not apply to the case's present status; ``current`` tells it."""

    code = "deed.conflict"
    sentence = "当前状态下不能这样做。"
    status = 409


class OtherContentError(GridappError):
    """The same id was already used with other content."""

    code = "id.other_content"
    sentence = "同一编号已提交过不同的内容。"
    status = 409


class FactsError(GridappError):
    """A field is missing, too long, unknown or of the wrong kind; ``fields`` lists them."""

    code = "facts.wrong"
    sentence = "填写的内容有误，请检查。"
    status = 422


class PhotosMissingError(GridappError):
    """A report names photos that have not arrived; ``missing`` lists their hashes."""

    code = "report.photos_missing"
    sentence = "有照片还没有传上来。"
    status = 422


class HashMismatchError(GridappError):
    """The bytes received are not those that were announced."""

    code = "photo.hash_mismatch"
    sentence = "照片在传输中损坏，请重传。"
    status = 422


class NotAPhotoError(GridappError):
    """The content is not a JPEG, PNG, WebP or HEIC picture, whatever its name says."""

    code = "photo.not_a_photo"
    sentence = "这不是可以识别的照片（支持 JPEG、PNG、WebP、HEIC）。"
    status = 415


class HeicRefusedError(NotAPhotoError):
    """A HEIC picture, while the library that reads it is known to have a hole."""

    code = "photo.heic_refused"
    sentence = (
        "暂时不能接收 HEIC 格式的照片。请把这张照片截屏后改传截图；"
        "以后拍照可在手机“设置－相机－格式”里选“兼容性最佳”。文字可以先提交，照片之后再补。"
    )


class PhotoCutError(NotAPhotoError):
    """A JPEG or PNG that begins as it should and has no end."""

    code = "photo.cut"
    sentence = "照片没有传完整，请重新选择这张照片再传一次。"


class PhotoTooLargeError(GridappError):
    """More than 12 MB or 50 million pixels."""

    code = "photo.too_large"
    sentence = "照片太大，请压缩后再传（不超过 12 MB、5000 万像素）。"
    status = 413


class UnknownPlaceError(GridappError):
    """No building has this code, or it has been retired."""

    code = "place.unknown"
    sentence = "没有这个楼栋码，可能已经更换。"
    status = 404


class TooManyError(GridappError):
    """Too often from one device or at one place; ``retry_after_s`` tells when to return."""

    code = "too_many"
    sentence = "提交得太频繁，请稍等片刻再试。"
    status = 429

    @classmethod
    def until(cls, moment: datetime, now: datetime) -> Self:
        """Make the refusal with the whole seconds to wait until a moment, at least one."""
        return cls(retry_after_s=max(1, ceil((moment - now).total_seconds())))


class BusyError(GridappError):
    """Too much is being done right now; ``retry_after_s`` tells when to return."""

    code = "busy"
    sentence = "现在传照片、文件的人较多，请过半分钟再试一次。"
    status = 503


class WordsTooManyError(TooManyError):
    """A reporter has said more of a case than anybody reads in an hour."""

    sentence = "刚才提交了好几次，前面的都已收到。请过一会儿再补，或把要说的合在一起写。"


class MeTooTooManyError(TooManyError):
    """More people met the matters of a place than live there; nothing is lost by waiting."""

    sentence = "刚才点「我也遇到」的人很多，这件事已经在处理。想跟进进度，请过几分钟再点。"


class PhotosTooManyError(TooManyError):
    """Too many photos of a device, a place or a case; the words go without them."""

    sentence = "照片传得太多，请过几分钟再传。也可以先不带照片提交，之后在进度页补。"


class StorageFullError(GridappError):
    """The disk is nearly full: photos and files wait, words still go."""

    code = "storage.full"
    sentence = "服务器存储空间快满了，照片和文件暂时收不了。可以先不带照片提交，之后再补。"
    status = 503


class TooLateError(GridappError):
    """The time for this has run out (a case can be reopened for 15 days)."""

    code = "too_late"
    sentence = "已超过可办理的期限。"
    status = 409


class SeparateDutiesError(GridappError):
    """Administrator, security administrator and auditor are held by separate people (三员分立)."""

    code = "post.separate_duties"
    sentence = "系统管理员、安全管理员、审计员须由不同的人担任。"
    status = 409

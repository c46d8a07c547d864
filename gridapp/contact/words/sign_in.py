"""Words of signing in and of changing one's password."""

from gridapp.domain.vocabulary import Role

TITLE = "工作人员登录"
LEAD = "网格员、街道和部门工作人员从这里进入。居民上报不用登录。"
LOGIN = "账号或手机号"
PASSWORD = "密码"  # noqa: S105 - the label of a field
SIGN_IN = "登录"
NEEDED = "请输入账号和密码。"
FORGOTTEN = "忘记密码，请联系本单位的安全管理员重置。"
REPORT_INSTEAD = "我是居民，要上报问题"

DEMO_TITLE = "这是演示环境"
DEMO_LEAD = "数据都是虚构的。点一个身份直接进入，密码都是{password}。"
DEMO_PEOPLE = (
    ("li", "网格员", "处理自己网格的事"),
    ("qian", "网格员", "另一个网格"),
    ("chen", "网格长", "看整个社区"),
    ("wang", "派单员", "受理、派遣、结案"),
    ("zhao", "核查员", "核查处理结果"),
    ("dept", "部门经办人", "处置派来的事"),
    ("sun", "街道领导", "看总体情况"),
    ("admin", "系统管理员", "维护网格和人员"),
    ("sec", "安全管理员", "重置密码"),
    ("audit", "审计员", "查看审计记录"),
)

PASSWORD_TITLE = "修改密码"  # noqa: S105 - a heading
FIRST_LEAD = "首次登录，请先换成自己的密码。"
RESET_LEAD = "您的密码最近被重置过："
RESET_NOT_YOU = "不是您本人要求的，请马上联系审计员，并告诉重置的人。"
PASSWORD_LEAD = "改好后，其他手机和电脑上的登录会退出。"  # noqa: S105 - a sentence
OLD = "当前密码"
NEW = "新密码"
NEW_HELP = "至少8位，含大写、小写、数字、符号中的三类。"
AGAIN = "再输一遍新密码"
CHANGE = "保存新密码"
DIFFERENT = "两次输入的新密码不一样。"
PASSWORD_NEEDED = "请填写当前密码和新密码。"  # noqa: S105 - a sentence
SIGN_OUT = "退出登录"

# Where each role begins its day.
HOMES = (
    ({Role.DISPATCHER, Role.VERIFIER}, "/desk"),
    ({Role.LEADER}, "/leader"),
    ({Role.GRID_WORKER, Role.GRID_HEAD, Role.UNIT_OFFICER}, "/worker"),
    ({Role.ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR}, "/admin"),
)

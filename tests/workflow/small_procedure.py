"""A small but complete procedure (invented), as text that tests bend in one place at a time; every feature is in it."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from fupin_rules.workflow import Procedure, read_procedure_file

TEXT = """\
format = 1
id = "small-procedure"
version = 1
from = 2016-01-06
title = { zh = "小程序", en = "small procedure" }
note = { zh = "虚构", en = "invented" }
subject = "household"
policy = "yucheng-2016"
initial = "draft"
source = "order#five steps"
incompatible = [["supervisor", "township"]]

[sources.order]
title = "某县通知"
title_en = "order of a county (invented)"
issuer = "某县"
number = "1"
date = 2015-12-31
address = "https://example.org/order"
standing = "stated"

[sources.guess]
title = "本库假设"
title_en = "assumption of this library"
standing = "assumption"
note = "the order sets no time"

[[levels]]
id = "village"
label = { zh = "村", en = "village" }
digits = 12

[[levels]]
id = "town"
label = { zh = "乡镇", en = "township" }
digits = 9

[[levels]]
id = "county"
label = { zh = "县", en = "county" }
digits = 6

[[roles]]
id = "household"
level = "village"
label = { zh = "农户", en = "household" }
source = "order#1"

[[roles]]
id = "surveyor"
level = "village"
label = { zh = "入户调查员", en = "surveyor" }
source = "order#1"

[[roles]]
id = "assembly"
level = "village"
label = { zh = "村民代表会议", en = "village assembly" }
source = "order#1"

[[roles]]
id = "head"
level = "village"
label = { zh = "村主任", en = "village head" }
source = "order#1"

[[roles]]
id = "secretary"
level = "village"
label = { zh = "第一书记", en = "first secretary" }
source = "order#1"

[[roles]]
id = "township"
level = "town"
label = { zh = "乡镇经办人", en = "township officer" }
source = "order#1"

[[roles]]
id = "panel"
level = "county"
label = { zh = "县审核组成员", en = "member of the county panel" }
source = "order#1"

[[roles]]
id = "county"
level = "county"
label = { zh = "县扶贫办", en = "county office" }
source = "order#1"

[[roles]]
id = "supervisor"
level = "county"
label = { zh = "督查员", en = "supervisor" }
source = "order#1"

[[lists]]
id = "decision"
codes = [{ id = "agreed", zh = "同意", en = "agreed" }, { id = "refused", zh = "不同意", en = "refused" }]

[[lists]]
id = "objection_outcome"
codes = [{ id = "upheld", zh = "成立", en = "upheld" }, { id = "dismissed", zh = "不成立", en = "dismissed" }]

[[evidence]]
id = "minutes"
label = { zh = "会议记录", en = "minutes" }

[[evidence]]
id = "photograph"
label = { zh = "照片", en = "photograph" }

[[evidence]]
id = "form"
label = { zh = "申请书", en = "application form" }

[[facts]]
id = "applied_on"
kind = "day"
label = { zh = "申请日", en = "day of the application" }
keep = true

[[facts]]
id = "consent"
kind = "digest"
label = { zh = "授权书摘要", en = "digest of the consent" }
keep = true

[[facts]]
id = "visited"
kind = "claim"
label = { zh = "已入户", en = "visited at home" }

[[facts]]
id = "decision"
kind = "code"
list = "decision"
label = { zh = "评议结果", en = "decision" }

[[facts]]
id = "votes"
kind = "number"
low = 0
high = 10000
unit = "person"
label = { zh = "到会人数", en = "people present" }

[[events]]
id = "apply"
label = { zh = "申请", en = "apply" }
fields = [{ id = "consent", kind = "digest", label = { zh = "授权书摘要", en = "digest of the consent" } }]

[[events]]
id = "survey"
label = { zh = "入户调查", en = "survey" }
fields = [
  { id = "at_home", kind = "claim", label = { zh = "在家", en = "found at home" } },
  { id = "visited_on", kind = "day", label = { zh = "入户日", en = "day of the visit" }, required = false },
]

[[events]]
id = "evaluate"
label = { zh = "评议", en = "evaluate" }
version = 3
fields = [
  { id = "outcome", kind = "code", list = "decision", label = { zh = "结果", en = "outcome" } },
  { id = "present", kind = "number", low = 0, high = 10000, unit = "person", label = { zh = "到会", en = "present" } },
  { id = "entitled", kind = "number", low = 1, high = 10000, unit = "person", label = { zh = "应到", en = "entitled" } },
]
upcasts = [
  { from = 1, rename = { votes = "present" }, drop = ["remark"] },
  { from = 2, set = { entitled = 30 } },
]

[[events]]
id = "sign"
label = { zh = "签字", en = "sign" }
fields = [{ id = "slot", kind = "text", label = { zh = "签字位", en = "slot" }, required = false }]

[[events]]
id = "waive"
label = { zh = "免签", en = "waive" }
fields = [
  { id = "slot", kind = "text", label = { zh = "签字位", en = "slot" } },
  { id = "reason", kind = "text", label = { zh = "理由", en = "reason" } },
]

[[events]]
id = "delegate"
label = { zh = "转办", en = "delegate" }
fields = [
  { id = "slot", kind = "text", label = { zh = "签字位", en = "slot" } },
  { id = "to", kind = "text", label = { zh = "受托人编号", en = "person" } },
]

[[events]]
id = "amend"
label = { zh = "加签", en = "amend" }
fields = [
  { id = "slot", kind = "text", label = { zh = "签字位", en = "slot" } },
  { id = "role", kind = "text", label = { zh = "角色", en = "role" } },
]

[[events]]
id = "post"
label = { zh = "张贴公示", en = "post" }

[[events]]
id = "object"
label = { zh = "提出异议", en = "object" }
fields = [{ id = "ground", kind = "text", label = { zh = "理由", en = "ground" } }]

[[events]]
id = "resolve"
label = { zh = "处理异议", en = "resolve" }
fields = [
  { id = "objection", kind = "text", label = { zh = "异议编号", en = "objection" } },
  { id = "outcome", kind = "code", list = "objection_outcome", label = { zh = "结果", en = "outcome" } },
  { id = "reason", kind = "text", label = { zh = "理由", en = "reason" } },
]

[[events]]
id = "close"
label = { zh = "公示结束", en = "close" }

[[events]]
id = "approve"
label = { zh = "批准", en = "approve" }

[[events]]
id = "send_back"
label = { zh = "退回", en = "send back" }

[[events]]
id = "withdraw"
label = { zh = "撤回", en = "withdraw" }

[[states]]
id = "draft"
kind = "open"
label = { zh = "待申请", en = "draft" }

[[states]]
id = "applied"
kind = "open"
label = { zh = "已申请", en = "applied" }

[[states]]
id = "evaluated"
kind = "open"
label = { zh = "已评议", en = "evaluated" }
level = "village"

[[states]]
id = "on_notice"
kind = "waiting"
label = { zh = "公示中", en = "on notice" }
level = "village"

[[states]]
id = "checked"
kind = "open"
label = { zh = "待批准", en = "to be approved" }
level = "town"

[[states]]
id = "listed"
kind = "goal"
label = { zh = "已列入", en = "listed" }
level = "county"
protected = true
needs = { reviews = ["joint", "county"], notices = ["village"], events = ["survey", "evaluate"] }

[[states]]
id = "refused"
kind = "closed"
label = { zh = "未通过", en = "refused" }

[[states]]
id = "withdrawn"
kind = "closed"
label = { zh = "已撤回", en = "withdrawn" }

[[reviews]]
id = "joint"
label = { zh = "三方签字", en = "joint signatures" }
source = "order#3"
slots = [
  { id = "surveyor", role = "surveyor" },
  { id = "head", role = "head", waivable = true },
  { id = "secretary", role = "secretary" },
]
may_share = [["head", "secretary"]]
incompatible = [["surveyor", "head"]]

[[reviews]]
id = "county"
label = { zh = "县级审核", en = "county check" }
source = "order#4"
slots = [{ id = "first", role = "panel" }, { id = "second", role = "panel" }, { id = "third", role = "county" }]
need = 2
distinct = false

[[notices]]
id = "village"
kind = "notice"
level = "village"
label = { zh = "村内公示", en = "village notice" }
source = "order#5"
days = { n = 7 }
days_source = "guess"
objectors = ["household", "assembly"]
on_upheld = "applied"

[[notices]]
id = "town"
kind = "notice"
level = "town"
label = { zh = "乡镇公示", en = "township notice" }
source = "order#5"
days = { n = 5, kind = "working", count_start = true, roll_end = true }
days_source = "guess"
objectors = ["household"]
on_objection = "restart"

[[notices]]
id = "final"
kind = "announcement"
level = "county"
label = { zh = "公告", en = "announcement" }
source = "order#6"

[[deadlines]]
id = "survey_due"
states = ["applied"]
days = { n = 10, kind = "working" }
then = "escalate"
role = "supervisor"
label = { zh = "调查期限", en = "survey due" }
source = "guess"
since = "facts.applied_on"

[[deadlines]]
id = "notice_due"
states = ["on_notice"]
days = { n = 30 }
then = "may"
event = "withdraw"
label = { zh = "公示期限", en = "notice due" }
source = "guess"

[[deadlines]]
id = "approval_due"
states = ["checked"]
days = { n = 15 }
then = "remind"
label = { zh = "批准期限", en = "approval due" }
source = "guess"
since = "last.close"

[[moves]]
id = "apply"
event = "apply"
from = ["draft"]
to = "applied"
roles = ["household"]
label = { zh = "提出申请", en = "apply" }
evidence = ["form"]
effects = [
  { do = "set", fact = "applied_on", to = "today" },
  { do = "set", fact = "consent", to = "event.consent" },
]
source = "order#1"

[[moves]]
id = "survey"
event = "survey"
from = ["applied"]
roles = ["surveyor"]
when = "event.at_home and event.visited_on <= today"
evidence = ["photograph"]
impartial = true
effects = [{ do = "set", fact = "visited", to = "event.at_home" }]
source = "order#2"

[[moves]]
id = "evaluate_agreed"
event = "evaluate"
from = ["applied"]
to = "evaluated"
roles = ["assembly"]
when = '''
event.outcome == "agreed"
and event.present * 3 >= event.entitled * 2
and facts.visited
'''
evidence = ["minutes", "photograph"]
key_step = true
effects = [
  { do = "set", fact = "decision", to = "event.outcome" },
  { do = "set", fact = "votes", to = "event.present" },
]
source = "order#2"

[[moves]]
id = "evaluate_refused"
event = "evaluate"
from = ["applied"]
to = "refused"
roles = ["assembly"]
when = "event.outcome == \\"refused\\""
evidence = ["minutes"]
key_step = true
effects = [{ do = "set", fact = "decision", to = "\\"refused\\"" }]
source = "order#2"

[[moves]]
id = "sign"
event = "sign"
from = ["evaluated"]
roles = ["surveyor", "head", "secretary"]
effects = [{ do = "sign", review = "joint" }]
source = "order#3"

[[moves]]
id = "waive"
event = "waive"
from = ["evaluated"]
roles = ["township"]
effects = [{ do = "waive", review = "joint" }]
source = "order#3"

[[moves]]
id = "delegate"
event = "delegate"
from = ["evaluated"]
roles = ["surveyor", "head", "secretary"]
effects = [{ do = "delegate", review = "joint" }]
source = "order#3"

[[moves]]
id = "amend"
event = "amend"
from = ["evaluated"]
roles = ["township"]
effects = [{ do = "amend", review = "joint" }]
source = "order#3"

[[moves]]
id = "post"
event = "post"
from = ["evaluated"]
to = "on_notice"
roles = ["head"]
when = "review.joint.complete and facts.decision == \\"agreed\\""
evidence = ["photograph"]
effects = [{ do = "open_notice", notice = "village" }]
source = "order#5"

[[moves]]
id = "object"
event = "object"
from = ["on_notice"]
roles = ["household", "assembly"]
effects = [{ do = "object", notice = "village" }]
source = "order#5"

[[moves]]
id = "dismiss"
event = "resolve"
from = ["on_notice"]
roles = ["township"]
when = "event.outcome == \\"dismissed\\" and is_known(event.reason)"
effects = [{ do = "resolve", notice = "village" }]
source = "order#5"

[[moves]]
id = "uphold"
event = "resolve"
from = ["on_notice"]
to = "applied"
roles = ["township"]
when = "event.outcome == \\"upheld\\""
effects = [{ do = "resolve", notice = "village" }, { do = "new_round" }]
source = "order#5"

[[moves]]
id = "close"
event = "close"
from = ["on_notice"]
to = "checked"
roles = ["head"]
when = "notice.village.elapsed and notice.village.open_objections == 0"
effects = [{ do = "close_notice", notice = "village" }]
source = "order#5"

[[moves]]
id = "check"
event = "sign"
from = ["checked"]
roles = ["panel", "county"]
effects = [{ do = "sign", review = "county" }]
source = "order#4"

[[moves]]
id = "approve"
event = "approve"
from = ["checked"]
to = "listed"
roles = ["county"]
when = "assessment.outcome == \\"eligible\\" and review.county.complete"
effects = [{ do = "open_notice", notice = "final" }]
source = "order#6"

[[moves]]
id = "send_back"
event = "send_back"
from = ["checked", "listed"]
to = "applied"
roles = ["county"]
effects = [{ do = "new_round" }]
source = "guess"

[[moves]]
id = "withdraw"
event = "withdraw"
from = ["applied", "evaluated"]
to = "withdrawn"
roles = ["household"]
source = "order#1"

[[moves]]
id = "withdraw_late"
event = "withdraw"
from = ["on_notice"]
to = "withdrawn"
roles = ["household"]
when = "overdue.notice_due"
source = "guess"
"""


def small_text(changes: Mapping[str, str] | None = None) -> str:
    """Give the text with pieces replaced; each must be there once."""
    text = TEXT
    for old, new in (changes or {}).items():
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text


def write_small(folder: Path, changes: Mapping[str, str] | None = None) -> Path:
    """Write the text into a folder, with pieces replaced; give its path."""
    path = folder / "small-procedure.toml"
    path.write_text(small_text(changes), encoding="utf-8")
    return path


def small_procedure(changes: Mapping[str, str] | None = None) -> Procedure:
    """Read the procedure, with pieces of its text replaced; it is there to be bent, so nothing is checked in it."""
    with TemporaryDirectory() as folder:
        return read_procedure_file(write_small(Path(folder), changes), checked=False)

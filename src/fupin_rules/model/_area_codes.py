"""Code lists of townships and counties."""

from fupin_rules.model._codes import CodeList


class AreaLevel(CodeList, source="ours"):
    """Level of an area above the village (层级); ours: the area code of a township has 9 digits, of a county 6."""

    TOWNSHIP = "township", "", "乡镇", "township", "乡", "镇", "街道"
    COUNTY = "county", "", "县", "county", "县级市", "市辖区", "区", "旗"

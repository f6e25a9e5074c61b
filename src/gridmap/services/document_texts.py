"""What documents say to people."""

from gridmap.base.messages import sentence


@sentence(zh="登记批文 {number}", en="Enter document {number}")
def added(number: str) -> None: ...


@sentence(zh="给批文 {number} 加扫描件 {name}", en="Add scan {name} to document {number}")
def scan_added(number: str, name: str) -> None: ...


@sentence(zh="请写明批文的文号。", en="Give the document's number.")
def number_missing() -> None: ...


@sentence(
    zh="文号 {number} 已有一份批文。请核对文号，或给那一份补扫描件。",
    en="There is a document with the number {number} already. Check the number, or add the scan "
    "to that one.",
)
def number_taken(number: str) -> None: ...


@sentence(
    zh="签发日期 {given} 不对：要写成 2026-11-20 这样。",
    en="The date of issue {given} is wrong: write it like 2026-11-20.",
)
def wrong_date(given: str) -> None: ...


@sentence(zh="没有批文 {document}。", en="There is no document {document}.")
def no_such_document(document: str) -> None: ...

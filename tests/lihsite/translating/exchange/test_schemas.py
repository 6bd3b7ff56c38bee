"""Files keep the rules of the XLIFF schemas, and those of the specifications beyond them."""

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from lihsite.translating.exchange import formats
from lihsite.translating.exchange.documents import ObjectTexts
from tests.lihsite.translating.exchange.test_formats import unit_lists, written

SCHEMAS = Path(__file__).parent / "schemas"
FILES = {"xliff-1.2": "xliff-core-1.2-strict.xsd", "xliff-2.0": "xliff-core-2.0.xsd"}
XML_NAMESPACE = """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace">
  <xs:attribute name="lang" type="xs:language"/>
  <xs:attribute name="space">
    <xs:simpleType>
      <xs:restriction base="xs:NCName">
        <xs:enumeration value="default"/>
        <xs:enumeration value="preserve"/>
      </xs:restriction>
    </xs:simpleType>
  </xs:attribute>
</xs:schema>
"""
"""What the schemas import of the XML namespace, which they name by an address."""

NMTOKEN = re.compile(r"[\w.:-]+\Z")
XML = "{http://www.w3.org/XML/1998/namespace}"

CONTENT = {
    "xliff-1.2": {
        "xliff": "(file )+",
        "file": "(header )?body ",
        "header": "(note |tool )*",
        "body": "(trans-unit )*",
        "trans-unit": "source (target )?(note )*",
        "source": "(g |x )*",
        "target": "(g |x )*",
        "g": "(g |x )*",
        "x": "",
        "note": "",
        "tool": "",
    },
    "xliff-2.0": {
        "xliff": "(file )+",
        "file": "(notes )?(unit )+",
        "notes": "(note )+",
        "unit": "(notes )?(originalData )?(segment )+",
        "originalData": "(data )+",
        "segment": "source (target )?",
        "source": "(pc |ph )*",
        "target": "(pc |ph )*",
        "pc": "(pc |ph )*",
        "ph": "",
        "note": "",
        "data": "",
    },
}
REQUIRED = {
    "xliff-1.2": {
        "xliff": {"version"},
        "file": {"original", "source-language", "datatype"},
        "trans-unit": {"id"},
        "tool": {"tool-id", "tool-name"},
        "g": {"id"},
        "x": {"id"},
    },
    "xliff-2.0": {
        "xliff": {"version", "srcLang"},
        "file": {"id"},
        "unit": {"id"},
        "data": {"id"},
        "pc": {"id"},
        "ph": {"id"},
    },
}
OPTIONAL = {
    "xliff-1.2": {
        "file": {"target-language"},
        "trans-unit": {"resname", "maxwidth", "size-unit", f"{XML}space"},
        "source": {f"{XML}lang"},
        "target": {f"{XML}lang", "state"},
        "g": {"ctype"},
        "x": {"ctype"},
    },
    "xliff-2.0": {
        "xliff": {"trgLang"},
        "file": {"original"},
        "unit": {"name"},
        "segment": {"state"},
        "source": {f"{XML}space"},
        "target": {f"{XML}space"},
        "note": {"category"},
        "pc": {"type", "dataRefStart", "dataRefEnd"},
        "ph": {"type", "dataRef"},
    },
}
STATES = {
    "xliff-1.2": {"needs-review-translation", "translated"},
    "xliff-2.0": {"initial", "translated"},
}
TYPES = {"fmt", "ui", "quote", "link", "image", "other"}
CTYPES = re.compile(r"(bold|italic|link|lb|image|x-.+)\Z")


class XmlNamespace(etree.Resolver):
    """Answers for what a schema imports, so that nothing is fetched."""

    def resolve(self, address, public_id, context):
        if address.endswith("xml.xsd"):
            return self.resolve_string(XML_NAMESPACE, context)
        return None


@cache
def schema(name: str) -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(XmlNamespace())
    return etree.XMLSchema(etree.parse(SCHEMAS / FILES[name], parser))


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=40)
@given(drawn=unit_lists)
def test_the_schema_of_the_standard_finds_nothing_wrong(name, drawn):
    person = ObjectTexts("research.person:3", "en", "fr", title="Ada", units=written(drawn).units)
    root = etree.fromstring(formats.FORMATS[name].write([written(drawn), person]))
    schema(name).assertValid(root)


@pytest.mark.parametrize("name", FILES)
def test_the_schema_is_at_work(name):
    root = etree.fromstring(formats.FORMATS[name].write([written([("a", None, False, True)])]))
    for source in root.iter("{*}source"):
        source.tag = source.tag.replace("source", "sauce")
    assert not schema(name).validate(root)


@pytest.mark.parametrize("name", CONTENT)
@settings(max_examples=40)
@given(drawn=unit_lists)
def test_the_file_is_as_its_schema_has_it(name, drawn):
    root = etree.fromstring(formats.FORMATS[name].write([written(drawn)]))
    for element in root.iter():
        tag = etree.QName(element).localname
        inside = "".join(f"{etree.QName(child).localname} " for child in element)
        assert re.fullmatch(CONTENT[name][tag], inside), (tag, inside)
        given_names = set(element.attrib)
        required = REQUIRED[name].get(tag, set())
        assert required <= given_names <= required | OPTIONAL[name].get(tag, set()), tag
        assert element.get("state", "translated") in STATES[name]
        assert CTYPES.match(element.get("ctype", "x-none"))
        assert element.get("type", "other") in TYPES
        assert NMTOKEN.match(element.get("id", "none"))
    for scope, inner in [("body", "trans-unit"), ("file", "unit"), ("originalData", "data")]:
        for element in root.iter(f"{{*}}{scope}"):
            ids = [child.get("id") for child in element.iter(f"{{*}}{inner}")]
            assert len(ids) == len(set(ids))
    for element in root.iter("{*}source", "{*}target"):
        ids = [child.get("id") for child in element.iter() if child is not element]
        assert len(ids) == len(set(ids))


@given(drawn=unit_lists)
@settings(max_examples=40)
def test_each_code_of_xliff_2_says_what_it_was(drawn):
    root = etree.fromstring(formats.FORMATS["xliff-2.0"].write([written(drawn)]))
    for unit in root.iter("{*}unit"):
        data = {element.get("id") for element in unit.iter("{*}data")}
        named = {
            element.get(attribute)
            for element in unit.iter("{*}pc", "{*}ph")
            for attribute in ("dataRef", "dataRefStart", "dataRefEnd")
            if element.get(attribute)
        }
        assert named == data

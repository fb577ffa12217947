# fmt: off
# ruff: noqa
# mypy: ignore-errors
"""Made from schemas/crosstalk.schema.json."""
from curator.calibrations._compiled import JsonSchemaValueException, Patterns

REGEX_PATTERNS = Patterns({
    '^(crosstalk|CROSSTALK)_(SCHEMA|schema)$': '^(crosstalk|CROSSTALK)_(SCHEMA|schema)$',
    '^(crosstalk|CROSSTALK)_(SCHEMA_VERSION|VERSION|version)$': '^(crosstalk|CROSSTALK)_(SCHEMA_VERSION|VERSION|version)$',
    '^(float16|float32|float64)(\\[|$)': '^(float16|float32|float64)(\\[|\\Z)',
    '^(int8|int16|int32|int64|uint8|uint16|uint32|uint64|float16|float32|float64)(\\[|$)': '^(int8|int16|int32|int64|uint8|uint16|uint32|uint64|float16|float32|float64)(\\[|\\Z)',
    '^(bool|int8|int16|int32|int64|uint8|uint16|uint32|uint64|float16|float32|float64)(\\[|$)': '^(bool|int8|int16|int32|int64|uint8|uint16|uint32|uint64|float16|float32|float64)(\\[|\\Z)',
    '^($|\\S+=)': '^(\\Z|\\S+=)',
    '^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?$': '^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?\\Z',
    '^[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?( ?[A-Za-z+-].*)?$': '^[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?( ?[A-Za-z+-].*)?\\Z',
    '^($|[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*$)': '^(\\Z|[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*\\Z)',
    '^$|^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?)?$': '^\\Z|^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?)?\\Z',
    '^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?)?$': '^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?)?\\Z',
})
NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (dict)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be object")
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['header']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must contain " + (str(sorted(data__missing_keys)) + " properties"))
        data_keys = set(data.keys())
        if "header" in data_keys:
            data_keys.remove("header")
            data__header = data["header"]
            validate___definitions_header(data__header, custom_formats, (name_prefix or "data") + ".header")
            if not isinstance(data__header, (dict)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".header must be object")
            data__header_is_dict = isinstance(data__header, dict)
            if data__header_is_dict:
                data__header_keys = set(data__header.keys())
                if "HAS_CROSSTALK" in data__header_keys:
                    data__header_keys.remove("HAS_CROSSTALK")
                    data__header__HASCROSSTALK = data__header["HAS_CROSSTALK"]
                    if not isinstance(data__header__HASCROSSTALK, (bool)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.HAS_CROSSTALK must be boolean")
                if "NAMP" in data__header_keys:
                    data__header_keys.remove("NAMP")
                    data__header__NAMP = data__header["NAMP"]
                    if not isinstance(data__header__NAMP, (int)) and not (isinstance(data__header__NAMP, float) and data__header__NAMP.is_integer()) or isinstance(data__header__NAMP, bool):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.NAMP must be integer")
                    if isinstance(data__header__NAMP, (int, float)) and not isinstance(data__header__NAMP, bool):
                        if data__header__NAMP < 1:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.NAMP must be bigger than or equal to 1")
                if "CROSSTALK_SHAPE" in data__header_keys:
                    data__header_keys.remove("CROSSTALK_SHAPE")
                    data__header__CROSSTALKSHAPE = data__header["CROSSTALK_SHAPE"]
                    if not isinstance(data__header__CROSSTALKSHAPE, (list, tuple)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.CROSSTALK_SHAPE must be array")
                    data__header__CROSSTALKSHAPE_is_list = isinstance(data__header__CROSSTALKSHAPE, (list, tuple))
                    if data__header__CROSSTALKSHAPE_is_list:
                        data__header__CROSSTALKSHAPE_len = len(data__header__CROSSTALKSHAPE)
                        if data__header__CROSSTALKSHAPE_len < 2:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.CROSSTALK_SHAPE must contain at least 2 items")
                        if data__header__CROSSTALKSHAPE_len > 2:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.CROSSTALK_SHAPE must contain less than or equal to 2 items")
                        for data__header__CROSSTALKSHAPE_x, data__header__CROSSTALKSHAPE_item in enumerate(data__header__CROSSTALKSHAPE):
                            if not isinstance(data__header__CROSSTALKSHAPE_item, (int)) and not (isinstance(data__header__CROSSTALKSHAPE_item, float) and data__header__CROSSTALKSHAPE_item.is_integer()) or isinstance(data__header__CROSSTALKSHAPE_item, bool):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.CROSSTALK_SHAPE[{data__header__CROSSTALKSHAPE_x}]".format(**locals()) + " must be integer")
                            if isinstance(data__header__CROSSTALKSHAPE_item, (int, float)) and not isinstance(data__header__CROSSTALKSHAPE_item, bool):
                                if data__header__CROSSTALKSHAPE_item < 1:
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.CROSSTALK_SHAPE[{data__header__CROSSTALKSHAPE_x}]".format(**locals()) + " must be bigger than or equal to 1")
                if "CROSSTALK_RATIOS_UNITS" in data__header_keys:
                    data__header_keys.remove("CROSSTALK_RATIOS_UNITS")
                    data__header__CROSSTALKRATIOSUNITS = data__header["CROSSTALK_RATIOS_UNITS"]
                    if not (isinstance(data__header__CROSSTALKRATIOSUNITS, str) and data__header__CROSSTALKRATIOSUNITS == 'adu' or isinstance(data__header__CROSSTALKRATIOSUNITS, str) and data__header__CROSSTALKRATIOSUNITS == 'electron' or data__header__CROSSTALKRATIOSUNITS is None):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.CROSSTALK_RATIOS_UNITS must be one of ['adu', 'electron', None]")
                for data__header_key, data__header_val in data__header.items():
                    if REGEX_PATTERNS['^(crosstalk|CROSSTALK)_(SCHEMA|schema)$'].search(data__header_key):
                        if data__header_key in data__header_keys:
                            data__header_keys.remove(data__header_key)
                        validate___definitions_header_definitions_schema(data__header_val, custom_formats, (name_prefix or "data") + ".header.{data__header_key}".format(**locals()))
                    if REGEX_PATTERNS['^(crosstalk|CROSSTALK)_(SCHEMA_VERSION|VERSION|version)$'].search(data__header_key):
                        if data__header_key in data__header_keys:
                            data__header_keys.remove(data__header_key)
                        validate___definitions_header_definitions_version(data__header_val, custom_formats, (name_prefix or "data") + ".header.{data__header_key}".format(**locals()))
        if "columns" in data_keys:
            data_keys.remove("columns")
            data__columns = data["columns"]
            if not isinstance(data__columns, (dict)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns must be object")
            data__columns_is_dict = isinstance(data__columns, dict)
            if data__columns_is_dict:
                data__columns__missing_keys = set(['CT_COEFFS']) - data__columns.keys()
                if data__columns__missing_keys:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns must contain " + (str(sorted(data__columns__missing_keys)) + " properties"))
                data__columns_keys = set(data__columns.keys())
                if "CT_COEFFS" in data__columns_keys:
                    data__columns_keys.remove("CT_COEFFS")
                    data__columns__CTCOEFFS = data__columns["CT_COEFFS"]
                    if not isinstance(data__columns__CTCOEFFS, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_COEFFS must be object")
                    data__columns__CTCOEFFS_is_dict = isinstance(data__columns__CTCOEFFS, dict)
                    if data__columns__CTCOEFFS_is_dict:
                        data__columns__CTCOEFFS__missing_keys = set(['datatype']) - data__columns__CTCOEFFS.keys()
                        if data__columns__CTCOEFFS__missing_keys:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_COEFFS must contain " + (str(sorted(data__columns__CTCOEFFS__missing_keys)) + " properties"))
                        data__columns__CTCOEFFS_keys = set(data__columns__CTCOEFFS.keys())
                        if "datatype" in data__columns__CTCOEFFS_keys:
                            data__columns__CTCOEFFS_keys.remove("datatype")
                            data__columns__CTCOEFFS__datatype = data__columns__CTCOEFFS["datatype"]
                            if not (isinstance(data__columns__CTCOEFFS__datatype, str) and data__columns__CTCOEFFS__datatype == 'string' or isinstance(data__columns__CTCOEFFS__datatype, str) and data__columns__CTCOEFFS__datatype == 'float16' or isinstance(data__columns__CTCOEFFS__datatype, str) and data__columns__CTCOEFFS__datatype == 'float32' or isinstance(data__columns__CTCOEFFS__datatype, str) and data__columns__CTCOEFFS__datatype == 'float64'):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_COEFFS.datatype must be one of ['string', 'float16', 'float32', 'float64']")
                        if "subtype" in data__columns__CTCOEFFS_keys:
                            data__columns__CTCOEFFS_keys.remove("subtype")
                            data__columns__CTCOEFFS__subtype = data__columns__CTCOEFFS["subtype"]
                            if not isinstance(data__columns__CTCOEFFS__subtype, (str, NoneType)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_COEFFS.subtype must be string or null")
                            if isinstance(data__columns__CTCOEFFS__subtype, str):
                                if not REGEX_PATTERNS['^(float16|float32|float64)(\\[|$)'].search(data__columns__CTCOEFFS__subtype):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_COEFFS.subtype must match pattern ^(float16|float32|float64)(\\[|$)")
                if "CT_ERRORS" in data__columns_keys:
                    data__columns_keys.remove("CT_ERRORS")
                    data__columns__CTERRORS = data__columns["CT_ERRORS"]
                    if not isinstance(data__columns__CTERRORS, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_ERRORS must be object")
                    data__columns__CTERRORS_is_dict = isinstance(data__columns__CTERRORS, dict)
                    if data__columns__CTERRORS_is_dict:
                        data__columns__CTERRORS__missing_keys = set(['datatype']) - data__columns__CTERRORS.keys()
                        if data__columns__CTERRORS__missing_keys:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_ERRORS must contain " + (str(sorted(data__columns__CTERRORS__missing_keys)) + " properties"))
                        data__columns__CTERRORS_keys = set(data__columns__CTERRORS.keys())
                        if "datatype" in data__columns__CTERRORS_keys:
                            data__columns__CTERRORS_keys.remove("datatype")
                            data__columns__CTERRORS__datatype = data__columns__CTERRORS["datatype"]
                            if not (isinstance(data__columns__CTERRORS__datatype, str) and data__columns__CTERRORS__datatype == 'string' or isinstance(data__columns__CTERRORS__datatype, str) and data__columns__CTERRORS__datatype == 'float16' or isinstance(data__columns__CTERRORS__datatype, str) and data__columns__CTERRORS__datatype == 'float32' or isinstance(data__columns__CTERRORS__datatype, str) and data__columns__CTERRORS__datatype == 'float64'):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_ERRORS.datatype must be one of ['string', 'float16', 'float32', 'float64']")
                        if "subtype" in data__columns__CTERRORS_keys:
                            data__columns__CTERRORS_keys.remove("subtype")
                            data__columns__CTERRORS__subtype = data__columns__CTERRORS["subtype"]
                            if not isinstance(data__columns__CTERRORS__subtype, (str, NoneType)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_ERRORS.subtype must be string or null")
                            if isinstance(data__columns__CTERRORS__subtype, str):
                                if not REGEX_PATTERNS['^(float16|float32|float64)(\\[|$)'].search(data__columns__CTERRORS__subtype):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_ERRORS.subtype must match pattern ^(float16|float32|float64)(\\[|$)")
                if "CT_COUNTS" in data__columns_keys:
                    data__columns_keys.remove("CT_COUNTS")
                    data__columns__CTCOUNTS = data__columns["CT_COUNTS"]
                    if not isinstance(data__columns__CTCOUNTS, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_COUNTS must be object")
                    data__columns__CTCOUNTS_is_dict = isinstance(data__columns__CTCOUNTS, dict)
                    if data__columns__CTCOUNTS_is_dict:
                        data__columns__CTCOUNTS__missing_keys = set(['datatype']) - data__columns__CTCOUNTS.keys()
                        if data__columns__CTCOUNTS__missing_keys:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_COUNTS must contain " + (str(sorted(data__columns__CTCOUNTS__missing_keys)) + " properties"))
                        data__columns__CTCOUNTS_keys = set(data__columns__CTCOUNTS.keys())
                        if "datatype" in data__columns__CTCOUNTS_keys:
                            data__columns__CTCOUNTS_keys.remove("datatype")
                            data__columns__CTCOUNTS__datatype = data__columns__CTCOUNTS["datatype"]
                            if not (isinstance(data__columns__CTCOUNTS__datatype, str) and data__columns__CTCOUNTS__datatype == 'string' or isinstance(data__columns__CTCOUNTS__datatype, str) and data__columns__CTCOUNTS__datatype == 'int8' or isinstance(data__columns__CTCOUNTS__datatype, str) and data__columns__CTCOUNTS__datatype == 'int16' or isinstance(data__columns__CTCOUNTS__datatype, str) and data__columns__CTCOUNTS__datatype == 'int32' or isinstance(data__columns__CTCOUNTS__datatype, str) and data__columns__CTCOUNTS__datatype == 'int64' or isinstance(data__columns__CTCOUNTS__datatype, str) and data__columns__CTCOUNTS__datatype == 'uint8' or isinstance(data__columns__CTCOUNTS__datatype, str) and data__columns__CTCOUNTS__datatype == 'uint16' or isinstance(data__columns__CTCOUNTS__datatype, str) and data__columns__CTCOUNTS__datatype == 'uint32' or isinstance(data__columns__CTCOUNTS__datatype, str) and data__columns__CTCOUNTS__datatype == 'uint64' or isinstance(data__columns__CTCOUNTS__datatype, str) and data__columns__CTCOUNTS__datatype == 'float16' or isinstance(data__columns__CTCOUNTS__datatype, str) and data__columns__CTCOUNTS__datatype == 'float32' or isinstance(data__columns__CTCOUNTS__datatype, str) and data__columns__CTCOUNTS__datatype == 'float64'):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_COUNTS.datatype must be one of ['string', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'float16', 'float32', 'float64']")
                        if "subtype" in data__columns__CTCOUNTS_keys:
                            data__columns__CTCOUNTS_keys.remove("subtype")
                            data__columns__CTCOUNTS__subtype = data__columns__CTCOUNTS["subtype"]
                            if not isinstance(data__columns__CTCOUNTS__subtype, (str, NoneType)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_COUNTS.subtype must be string or null")
                            if isinstance(data__columns__CTCOUNTS__subtype, str):
                                if not REGEX_PATTERNS['^(int8|int16|int32|int64|uint8|uint16|uint32|uint64|float16|float32|float64)(\\[|$)'].search(data__columns__CTCOUNTS__subtype):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_COUNTS.subtype must match pattern ^(int8|int16|int32|int64|uint8|uint16|uint32|uint64|float16|float32|float64)(\\[|$)")
                if "CT_VALID" in data__columns_keys:
                    data__columns_keys.remove("CT_VALID")
                    data__columns__CTVALID = data__columns["CT_VALID"]
                    if not isinstance(data__columns__CTVALID, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_VALID must be object")
                    data__columns__CTVALID_is_dict = isinstance(data__columns__CTVALID, dict)
                    if data__columns__CTVALID_is_dict:
                        data__columns__CTVALID__missing_keys = set(['datatype']) - data__columns__CTVALID.keys()
                        if data__columns__CTVALID__missing_keys:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_VALID must contain " + (str(sorted(data__columns__CTVALID__missing_keys)) + " properties"))
                        data__columns__CTVALID_keys = set(data__columns__CTVALID.keys())
                        if "datatype" in data__columns__CTVALID_keys:
                            data__columns__CTVALID_keys.remove("datatype")
                            data__columns__CTVALID__datatype = data__columns__CTVALID["datatype"]
                            if not (isinstance(data__columns__CTVALID__datatype, str) and data__columns__CTVALID__datatype == 'string' or isinstance(data__columns__CTVALID__datatype, str) and data__columns__CTVALID__datatype == 'bool' or isinstance(data__columns__CTVALID__datatype, str) and data__columns__CTVALID__datatype == 'int8' or isinstance(data__columns__CTVALID__datatype, str) and data__columns__CTVALID__datatype == 'int16' or isinstance(data__columns__CTVALID__datatype, str) and data__columns__CTVALID__datatype == 'int32' or isinstance(data__columns__CTVALID__datatype, str) and data__columns__CTVALID__datatype == 'int64' or isinstance(data__columns__CTVALID__datatype, str) and data__columns__CTVALID__datatype == 'uint8' or isinstance(data__columns__CTVALID__datatype, str) and data__columns__CTVALID__datatype == 'uint16' or isinstance(data__columns__CTVALID__datatype, str) and data__columns__CTVALID__datatype == 'uint32' or isinstance(data__columns__CTVALID__datatype, str) and data__columns__CTVALID__datatype == 'uint64' or isinstance(data__columns__CTVALID__datatype, str) and data__columns__CTVALID__datatype == 'float16' or isinstance(data__columns__CTVALID__datatype, str) and data__columns__CTVALID__datatype == 'float32' or isinstance(data__columns__CTVALID__datatype, str) and data__columns__CTVALID__datatype == 'float64'):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_VALID.datatype must be one of ['string', 'bool', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'float16', 'float32', 'float64']")
                        if "subtype" in data__columns__CTVALID_keys:
                            data__columns__CTVALID_keys.remove("subtype")
                            data__columns__CTVALID__subtype = data__columns__CTVALID["subtype"]
                            if not isinstance(data__columns__CTVALID__subtype, (str, NoneType)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_VALID.subtype must be string or null")
                            if isinstance(data__columns__CTVALID__subtype, str):
                                if not REGEX_PATTERNS['^(bool|int8|int16|int32|int64|uint8|uint16|uint32|uint64|float16|float32|float64)(\\[|$)'].search(data__columns__CTVALID__subtype):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_VALID.subtype must match pattern ^(bool|int8|int16|int32|int64|uint8|uint16|uint32|uint64|float16|float32|float64)(\\[|$)")
                if "CT_COEFFS_SQR" in data__columns_keys:
                    data__columns_keys.remove("CT_COEFFS_SQR")
                    data__columns__CTCOEFFSSQR = data__columns["CT_COEFFS_SQR"]
                    if not isinstance(data__columns__CTCOEFFSSQR, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_COEFFS_SQR must be object")
                    data__columns__CTCOEFFSSQR_is_dict = isinstance(data__columns__CTCOEFFSSQR, dict)
                    if data__columns__CTCOEFFSSQR_is_dict:
                        data__columns__CTCOEFFSSQR__missing_keys = set(['datatype']) - data__columns__CTCOEFFSSQR.keys()
                        if data__columns__CTCOEFFSSQR__missing_keys:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_COEFFS_SQR must contain " + (str(sorted(data__columns__CTCOEFFSSQR__missing_keys)) + " properties"))
                        data__columns__CTCOEFFSSQR_keys = set(data__columns__CTCOEFFSSQR.keys())
                        if "datatype" in data__columns__CTCOEFFSSQR_keys:
                            data__columns__CTCOEFFSSQR_keys.remove("datatype")
                            data__columns__CTCOEFFSSQR__datatype = data__columns__CTCOEFFSSQR["datatype"]
                            if not (isinstance(data__columns__CTCOEFFSSQR__datatype, str) and data__columns__CTCOEFFSSQR__datatype == 'string' or isinstance(data__columns__CTCOEFFSSQR__datatype, str) and data__columns__CTCOEFFSSQR__datatype == 'float16' or isinstance(data__columns__CTCOEFFSSQR__datatype, str) and data__columns__CTCOEFFSSQR__datatype == 'float32' or isinstance(data__columns__CTCOEFFSSQR__datatype, str) and data__columns__CTCOEFFSSQR__datatype == 'float64'):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_COEFFS_SQR.datatype must be one of ['string', 'float16', 'float32', 'float64']")
                        if "subtype" in data__columns__CTCOEFFSSQR_keys:
                            data__columns__CTCOEFFSSQR_keys.remove("subtype")
                            data__columns__CTCOEFFSSQR__subtype = data__columns__CTCOEFFSSQR["subtype"]
                            if not isinstance(data__columns__CTCOEFFSSQR__subtype, (str, NoneType)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_COEFFS_SQR.subtype must be string or null")
                            if isinstance(data__columns__CTCOEFFSSQR__subtype, str):
                                if not REGEX_PATTERNS['^(float16|float32|float64)(\\[|$)'].search(data__columns__CTCOEFFSSQR__subtype):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_COEFFS_SQR.subtype must match pattern ^(float16|float32|float64)(\\[|$)")
                if "CT_ERRORS_SQR" in data__columns_keys:
                    data__columns_keys.remove("CT_ERRORS_SQR")
                    data__columns__CTERRORSSQR = data__columns["CT_ERRORS_SQR"]
                    if not isinstance(data__columns__CTERRORSSQR, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_ERRORS_SQR must be object")
                    data__columns__CTERRORSSQR_is_dict = isinstance(data__columns__CTERRORSSQR, dict)
                    if data__columns__CTERRORSSQR_is_dict:
                        data__columns__CTERRORSSQR__missing_keys = set(['datatype']) - data__columns__CTERRORSSQR.keys()
                        if data__columns__CTERRORSSQR__missing_keys:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_ERRORS_SQR must contain " + (str(sorted(data__columns__CTERRORSSQR__missing_keys)) + " properties"))
                        data__columns__CTERRORSSQR_keys = set(data__columns__CTERRORSSQR.keys())
                        if "datatype" in data__columns__CTERRORSSQR_keys:
                            data__columns__CTERRORSSQR_keys.remove("datatype")
                            data__columns__CTERRORSSQR__datatype = data__columns__CTERRORSSQR["datatype"]
                            if not (isinstance(data__columns__CTERRORSSQR__datatype, str) and data__columns__CTERRORSSQR__datatype == 'string' or isinstance(data__columns__CTERRORSSQR__datatype, str) and data__columns__CTERRORSSQR__datatype == 'float16' or isinstance(data__columns__CTERRORSSQR__datatype, str) and data__columns__CTERRORSSQR__datatype == 'float32' or isinstance(data__columns__CTERRORSSQR__datatype, str) and data__columns__CTERRORSSQR__datatype == 'float64'):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_ERRORS_SQR.datatype must be one of ['string', 'float16', 'float32', 'float64']")
                        if "subtype" in data__columns__CTERRORSSQR_keys:
                            data__columns__CTERRORSSQR_keys.remove("subtype")
                            data__columns__CTERRORSSQR__subtype = data__columns__CTERRORSSQR["subtype"]
                            if not isinstance(data__columns__CTERRORSSQR__subtype, (str, NoneType)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_ERRORS_SQR.subtype must be string or null")
                            if isinstance(data__columns__CTERRORSSQR__subtype, str):
                                if not REGEX_PATTERNS['^(float16|float32|float64)(\\[|$)'].search(data__columns__CTERRORSSQR__subtype):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_ERRORS_SQR.subtype must match pattern ^(float16|float32|float64)(\\[|$)")
                if "CT_AMP_GAIN_RATIOS" in data__columns_keys:
                    data__columns_keys.remove("CT_AMP_GAIN_RATIOS")
                    data__columns__CTAMPGAINRATIOS = data__columns["CT_AMP_GAIN_RATIOS"]
                    if not isinstance(data__columns__CTAMPGAINRATIOS, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_AMP_GAIN_RATIOS must be object")
                    data__columns__CTAMPGAINRATIOS_is_dict = isinstance(data__columns__CTAMPGAINRATIOS, dict)
                    if data__columns__CTAMPGAINRATIOS_is_dict:
                        data__columns__CTAMPGAINRATIOS__missing_keys = set(['datatype']) - data__columns__CTAMPGAINRATIOS.keys()
                        if data__columns__CTAMPGAINRATIOS__missing_keys:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_AMP_GAIN_RATIOS must contain " + (str(sorted(data__columns__CTAMPGAINRATIOS__missing_keys)) + " properties"))
                        data__columns__CTAMPGAINRATIOS_keys = set(data__columns__CTAMPGAINRATIOS.keys())
                        if "datatype" in data__columns__CTAMPGAINRATIOS_keys:
                            data__columns__CTAMPGAINRATIOS_keys.remove("datatype")
                            data__columns__CTAMPGAINRATIOS__datatype = data__columns__CTAMPGAINRATIOS["datatype"]
                            if not (isinstance(data__columns__CTAMPGAINRATIOS__datatype, str) and data__columns__CTAMPGAINRATIOS__datatype == 'string' or isinstance(data__columns__CTAMPGAINRATIOS__datatype, str) and data__columns__CTAMPGAINRATIOS__datatype == 'float16' or isinstance(data__columns__CTAMPGAINRATIOS__datatype, str) and data__columns__CTAMPGAINRATIOS__datatype == 'float32' or isinstance(data__columns__CTAMPGAINRATIOS__datatype, str) and data__columns__CTAMPGAINRATIOS__datatype == 'float64'):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_AMP_GAIN_RATIOS.datatype must be one of ['string', 'float16', 'float32', 'float64']")
                        if "subtype" in data__columns__CTAMPGAINRATIOS_keys:
                            data__columns__CTAMPGAINRATIOS_keys.remove("subtype")
                            data__columns__CTAMPGAINRATIOS__subtype = data__columns__CTAMPGAINRATIOS["subtype"]
                            if not isinstance(data__columns__CTAMPGAINRATIOS__subtype, (str, NoneType)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_AMP_GAIN_RATIOS.subtype must be string or null")
                            if isinstance(data__columns__CTAMPGAINRATIOS__subtype, str):
                                if not REGEX_PATTERNS['^(float16|float32|float64)(\\[|$)'].search(data__columns__CTAMPGAINRATIOS__subtype):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_AMP_GAIN_RATIOS.subtype must match pattern ^(float16|float32|float64)(\\[|$)")
                if "CT_FIT_GAINS" in data__columns_keys:
                    data__columns_keys.remove("CT_FIT_GAINS")
                    data__columns__CTFITGAINS = data__columns["CT_FIT_GAINS"]
                    if not isinstance(data__columns__CTFITGAINS, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_FIT_GAINS must be object")
                    data__columns__CTFITGAINS_is_dict = isinstance(data__columns__CTFITGAINS, dict)
                    if data__columns__CTFITGAINS_is_dict:
                        data__columns__CTFITGAINS__missing_keys = set(['datatype']) - data__columns__CTFITGAINS.keys()
                        if data__columns__CTFITGAINS__missing_keys:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_FIT_GAINS must contain " + (str(sorted(data__columns__CTFITGAINS__missing_keys)) + " properties"))
                        data__columns__CTFITGAINS_keys = set(data__columns__CTFITGAINS.keys())
                        if "datatype" in data__columns__CTFITGAINS_keys:
                            data__columns__CTFITGAINS_keys.remove("datatype")
                            data__columns__CTFITGAINS__datatype = data__columns__CTFITGAINS["datatype"]
                            if not (isinstance(data__columns__CTFITGAINS__datatype, str) and data__columns__CTFITGAINS__datatype == 'string' or isinstance(data__columns__CTFITGAINS__datatype, str) and data__columns__CTFITGAINS__datatype == 'float16' or isinstance(data__columns__CTFITGAINS__datatype, str) and data__columns__CTFITGAINS__datatype == 'float32' or isinstance(data__columns__CTFITGAINS__datatype, str) and data__columns__CTFITGAINS__datatype == 'float64'):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_FIT_GAINS.datatype must be one of ['string', 'float16', 'float32', 'float64']")
                        if "subtype" in data__columns__CTFITGAINS_keys:
                            data__columns__CTFITGAINS_keys.remove("subtype")
                            data__columns__CTFITGAINS__subtype = data__columns__CTFITGAINS["subtype"]
                            if not isinstance(data__columns__CTFITGAINS__subtype, (str, NoneType)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_FIT_GAINS.subtype must be string or null")
                            if isinstance(data__columns__CTFITGAINS__subtype, str):
                                if not REGEX_PATTERNS['^(float16|float32|float64)(\\[|$)'].search(data__columns__CTFITGAINS__subtype):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.CT_FIT_GAINS.subtype must match pattern ^(float16|float32|float64)(\\[|$)")
                for data__columns_key in data__columns_keys:
                    if data__columns_key not in ['CT_COEFFS', 'CT_ERRORS', 'CT_COUNTS', 'CT_VALID', 'CT_COEFFS_SQR', 'CT_ERRORS_SQR', 'CT_AMP_GAIN_RATIOS', 'CT_FIT_GAINS']:
                        data__columns_value = data__columns.get(data__columns_key)
                        if not isinstance(data__columns_value, (dict)):
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.{data__columns_key}".format(**locals()) + " must be object")
                        data__columns_value_is_dict = isinstance(data__columns_value, dict)
                        if data__columns_value_is_dict:
                            data__columns_value__missing_keys = set(['datatype']) - data__columns_value.keys()
                            if data__columns_value__missing_keys:
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.{data__columns_key}".format(**locals()) + " must contain " + (str(sorted(data__columns_value__missing_keys)) + " properties"))
                            data__columns_value_keys = set(data__columns_value.keys())
                            if "datatype" in data__columns_value_keys:
                                data__columns_value_keys.remove("datatype")
                                data__columns_value__datatype = data__columns_value["datatype"]
                                if not isinstance(data__columns_value__datatype, (str)):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.{data__columns_key}.datatype".format(**locals()) + " must be string")
                            if "unit" in data__columns_value_keys:
                                data__columns_value_keys.remove("unit")
                                data__columns_value__unit = data__columns_value["unit"]
                                if not isinstance(data__columns_value__unit, (str, NoneType)):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.{data__columns_key}.unit".format(**locals()) + " must be string or null")
        if "tree" in data_keys:
            data_keys.remove("tree")
            data__tree = data["tree"]
            if not isinstance(data__tree, (dict)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree must be object")
            data__tree_is_dict = isinstance(data__tree, dict)
            if data__tree_is_dict:
                data__tree__missing_keys = set(['metadata', 'coeffs']) - data__tree.keys()
                if data__tree__missing_keys:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree must contain " + (str(sorted(data__tree__missing_keys)) + " properties"))
                data__tree_keys = set(data__tree.keys())
                if "metadata" in data__tree_keys:
                    data__tree_keys.remove("metadata")
                    data__tree__metadata = data__tree["metadata"]
                    if not isinstance(data__tree__metadata, (dict, NoneType)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.metadata must be object or null")
                if "coeffs" in data__tree_keys:
                    data__tree_keys.remove("coeffs")
                    data__tree__coeffs = data__tree["coeffs"]
                    if not isinstance(data__tree__coeffs, (list, tuple)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.coeffs must be array")
                    data__tree__coeffs_is_list = isinstance(data__tree__coeffs, (list, tuple))
                    if data__tree__coeffs_is_list:
                        data__tree__coeffs_len = len(data__tree__coeffs)
                        for data__tree__coeffs_x, data__tree__coeffs_item in enumerate(data__tree__coeffs):
                            if not isinstance(data__tree__coeffs_item, (int, float, bool, list, tuple)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.coeffs[{data__tree__coeffs_x}]".format(**locals()) + " must be number or boolean or array")
                            data__tree__coeffs_item_is_list = isinstance(data__tree__coeffs_item, (list, tuple))
                            if data__tree__coeffs_item_is_list:
                                data__tree__coeffs_item_len = len(data__tree__coeffs_item)
                                for data__tree__coeffs_item_x, data__tree__coeffs_item_item in enumerate(data__tree__coeffs_item):
                                    if not isinstance(data__tree__coeffs_item_item, (int, float, bool)):
                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.coeffs[{data__tree__coeffs_x}][{data__tree__coeffs_item_x}]".format(**locals()) + " must be number or boolean")
                if "coeffErr" in data__tree_keys:
                    data__tree_keys.remove("coeffErr")
                    data__tree__coeffErr = data__tree["coeffErr"]
                    if not isinstance(data__tree__coeffErr, (list, tuple)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.coeffErr must be array")
                    data__tree__coeffErr_is_list = isinstance(data__tree__coeffErr, (list, tuple))
                    if data__tree__coeffErr_is_list:
                        data__tree__coeffErr_len = len(data__tree__coeffErr)
                        for data__tree__coeffErr_x, data__tree__coeffErr_item in enumerate(data__tree__coeffErr):
                            if not isinstance(data__tree__coeffErr_item, (int, float, bool, list, tuple)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.coeffErr[{data__tree__coeffErr_x}]".format(**locals()) + " must be number or boolean or array")
                            data__tree__coeffErr_item_is_list = isinstance(data__tree__coeffErr_item, (list, tuple))
                            if data__tree__coeffErr_item_is_list:
                                data__tree__coeffErr_item_len = len(data__tree__coeffErr_item)
                                for data__tree__coeffErr_item_x, data__tree__coeffErr_item_item in enumerate(data__tree__coeffErr_item):
                                    if not isinstance(data__tree__coeffErr_item_item, (int, float, bool)):
                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.coeffErr[{data__tree__coeffErr_x}][{data__tree__coeffErr_item_x}]".format(**locals()) + " must be number or boolean")
                if "coeffNum" in data__tree_keys:
                    data__tree_keys.remove("coeffNum")
                    data__tree__coeffNum = data__tree["coeffNum"]
                    if not isinstance(data__tree__coeffNum, (list, tuple)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.coeffNum must be array")
                    data__tree__coeffNum_is_list = isinstance(data__tree__coeffNum, (list, tuple))
                    if data__tree__coeffNum_is_list:
                        data__tree__coeffNum_len = len(data__tree__coeffNum)
                        for data__tree__coeffNum_x, data__tree__coeffNum_item in enumerate(data__tree__coeffNum):
                            if not isinstance(data__tree__coeffNum_item, (int, float, bool, list, tuple)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.coeffNum[{data__tree__coeffNum_x}]".format(**locals()) + " must be number or boolean or array")
                            data__tree__coeffNum_item_is_list = isinstance(data__tree__coeffNum_item, (list, tuple))
                            if data__tree__coeffNum_item_is_list:
                                data__tree__coeffNum_item_len = len(data__tree__coeffNum_item)
                                for data__tree__coeffNum_item_x, data__tree__coeffNum_item_item in enumerate(data__tree__coeffNum_item):
                                    if not isinstance(data__tree__coeffNum_item_item, (int, float, bool)):
                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.coeffNum[{data__tree__coeffNum_x}][{data__tree__coeffNum_item_x}]".format(**locals()) + " must be number or boolean")
                if "coeffValid" in data__tree_keys:
                    data__tree_keys.remove("coeffValid")
                    data__tree__coeffValid = data__tree["coeffValid"]
                    if not isinstance(data__tree__coeffValid, (list, tuple)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.coeffValid must be array")
                    data__tree__coeffValid_is_list = isinstance(data__tree__coeffValid, (list, tuple))
                    if data__tree__coeffValid_is_list:
                        data__tree__coeffValid_len = len(data__tree__coeffValid)
                        for data__tree__coeffValid_x, data__tree__coeffValid_item in enumerate(data__tree__coeffValid):
                            if not isinstance(data__tree__coeffValid_item, (int, float, bool, list, tuple)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.coeffValid[{data__tree__coeffValid_x}]".format(**locals()) + " must be number or boolean or array")
                            data__tree__coeffValid_item_is_list = isinstance(data__tree__coeffValid_item, (list, tuple))
                            if data__tree__coeffValid_item_is_list:
                                data__tree__coeffValid_item_len = len(data__tree__coeffValid_item)
                                for data__tree__coeffValid_item_x, data__tree__coeffValid_item_item in enumerate(data__tree__coeffValid_item):
                                    if not isinstance(data__tree__coeffValid_item_item, (int, float, bool)):
                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.coeffValid[{data__tree__coeffValid_x}][{data__tree__coeffValid_item_x}]".format(**locals()) + " must be number or boolean")
                if "coeffsSqr" in data__tree_keys:
                    data__tree_keys.remove("coeffsSqr")
                    data__tree__coeffsSqr = data__tree["coeffsSqr"]
                    if not isinstance(data__tree__coeffsSqr, (list, tuple)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.coeffsSqr must be array")
                    data__tree__coeffsSqr_is_list = isinstance(data__tree__coeffsSqr, (list, tuple))
                    if data__tree__coeffsSqr_is_list:
                        data__tree__coeffsSqr_len = len(data__tree__coeffsSqr)
                        for data__tree__coeffsSqr_x, data__tree__coeffsSqr_item in enumerate(data__tree__coeffsSqr):
                            if not isinstance(data__tree__coeffsSqr_item, (int, float, bool, list, tuple)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.coeffsSqr[{data__tree__coeffsSqr_x}]".format(**locals()) + " must be number or boolean or array")
                            data__tree__coeffsSqr_item_is_list = isinstance(data__tree__coeffsSqr_item, (list, tuple))
                            if data__tree__coeffsSqr_item_is_list:
                                data__tree__coeffsSqr_item_len = len(data__tree__coeffsSqr_item)
                                for data__tree__coeffsSqr_item_x, data__tree__coeffsSqr_item_item in enumerate(data__tree__coeffsSqr_item):
                                    if not isinstance(data__tree__coeffsSqr_item_item, (int, float, bool)):
                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.coeffsSqr[{data__tree__coeffsSqr_x}][{data__tree__coeffsSqr_item_x}]".format(**locals()) + " must be number or boolean")
                if "coeffErrSqr" in data__tree_keys:
                    data__tree_keys.remove("coeffErrSqr")
                    data__tree__coeffErrSqr = data__tree["coeffErrSqr"]
                    if not isinstance(data__tree__coeffErrSqr, (list, tuple)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.coeffErrSqr must be array")
                    data__tree__coeffErrSqr_is_list = isinstance(data__tree__coeffErrSqr, (list, tuple))
                    if data__tree__coeffErrSqr_is_list:
                        data__tree__coeffErrSqr_len = len(data__tree__coeffErrSqr)
                        for data__tree__coeffErrSqr_x, data__tree__coeffErrSqr_item in enumerate(data__tree__coeffErrSqr):
                            if not isinstance(data__tree__coeffErrSqr_item, (int, float, bool, list, tuple)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.coeffErrSqr[{data__tree__coeffErrSqr_x}]".format(**locals()) + " must be number or boolean or array")
                            data__tree__coeffErrSqr_item_is_list = isinstance(data__tree__coeffErrSqr_item, (list, tuple))
                            if data__tree__coeffErrSqr_item_is_list:
                                data__tree__coeffErrSqr_item_len = len(data__tree__coeffErrSqr_item)
                                for data__tree__coeffErrSqr_item_x, data__tree__coeffErrSqr_item_item in enumerate(data__tree__coeffErrSqr_item):
                                    if not isinstance(data__tree__coeffErrSqr_item_item, (int, float, bool)):
                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.coeffErrSqr[{data__tree__coeffErrSqr_x}][{data__tree__coeffErrSqr_item_x}]".format(**locals()) + " must be number or boolean")
                if "ampGainRatios" in data__tree_keys:
                    data__tree_keys.remove("ampGainRatios")
                    data__tree__ampGainRatios = data__tree["ampGainRatios"]
                    if not isinstance(data__tree__ampGainRatios, (list, tuple)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.ampGainRatios must be array")
                    data__tree__ampGainRatios_is_list = isinstance(data__tree__ampGainRatios, (list, tuple))
                    if data__tree__ampGainRatios_is_list:
                        data__tree__ampGainRatios_len = len(data__tree__ampGainRatios)
                        for data__tree__ampGainRatios_x, data__tree__ampGainRatios_item in enumerate(data__tree__ampGainRatios):
                            if not isinstance(data__tree__ampGainRatios_item, (int, float, bool, list, tuple)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.ampGainRatios[{data__tree__ampGainRatios_x}]".format(**locals()) + " must be number or boolean or array")
                            data__tree__ampGainRatios_item_is_list = isinstance(data__tree__ampGainRatios_item, (list, tuple))
                            if data__tree__ampGainRatios_item_is_list:
                                data__tree__ampGainRatios_item_len = len(data__tree__ampGainRatios_item)
                                for data__tree__ampGainRatios_item_x, data__tree__ampGainRatios_item_item in enumerate(data__tree__ampGainRatios_item):
                                    if not isinstance(data__tree__ampGainRatios_item_item, (int, float, bool)):
                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.ampGainRatios[{data__tree__ampGainRatios_x}][{data__tree__ampGainRatios_item_x}]".format(**locals()) + " must be number or boolean")
                if "fitGains" in data__tree_keys:
                    data__tree_keys.remove("fitGains")
                    data__tree__fitGains = data__tree["fitGains"]
                    if not isinstance(data__tree__fitGains, (list, tuple)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.fitGains must be array")
                    data__tree__fitGains_is_list = isinstance(data__tree__fitGains, (list, tuple))
                    if data__tree__fitGains_is_list:
                        data__tree__fitGains_len = len(data__tree__fitGains)
                        for data__tree__fitGains_x, data__tree__fitGains_item in enumerate(data__tree__fitGains):
                            if not isinstance(data__tree__fitGains_item, (int, float, bool, list, tuple)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.fitGains[{data__tree__fitGains_x}]".format(**locals()) + " must be number or boolean or array")
                            data__tree__fitGains_item_is_list = isinstance(data__tree__fitGains_item, (list, tuple))
                            if data__tree__fitGains_item_is_list:
                                data__tree__fitGains_item_len = len(data__tree__fitGains_item)
                                for data__tree__fitGains_item_x, data__tree__fitGains_item_item in enumerate(data__tree__fitGains_item):
                                    if not isinstance(data__tree__fitGains_item_item, (int, float, bool)):
                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.fitGains[{data__tree__fitGains_x}][{data__tree__fitGains_item_x}]".format(**locals()) + " must be number or boolean")
                if "crosstalkShape" in data__tree_keys:
                    data__tree_keys.remove("crosstalkShape")
                    data__tree__crosstalkShape = data__tree["crosstalkShape"]
                    if not isinstance(data__tree__crosstalkShape, (list, tuple)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.crosstalkShape must be array")
                    data__tree__crosstalkShape_is_list = isinstance(data__tree__crosstalkShape, (list, tuple))
                    if data__tree__crosstalkShape_is_list:
                        data__tree__crosstalkShape_len = len(data__tree__crosstalkShape)
                        if data__tree__crosstalkShape_len < 2:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.crosstalkShape must contain at least 2 items")
                        if data__tree__crosstalkShape_len > 2:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.crosstalkShape must contain less than or equal to 2 items")
                        for data__tree__crosstalkShape_x, data__tree__crosstalkShape_item in enumerate(data__tree__crosstalkShape):
                            if not isinstance(data__tree__crosstalkShape_item, (int)) and not (isinstance(data__tree__crosstalkShape_item, float) and data__tree__crosstalkShape_item.is_integer()) or isinstance(data__tree__crosstalkShape_item, bool):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.crosstalkShape[{data__tree__crosstalkShape_x}]".format(**locals()) + " must be integer")
                            if isinstance(data__tree__crosstalkShape_item, (int, float)) and not isinstance(data__tree__crosstalkShape_item, bool):
                                if data__tree__crosstalkShape_item < 1:
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.crosstalkShape[{data__tree__crosstalkShape_x}]".format(**locals()) + " must be bigger than or equal to 1")
                if "hasCrosstalk" in data__tree_keys:
                    data__tree_keys.remove("hasCrosstalk")
                    data__tree__hasCrosstalk = data__tree["hasCrosstalk"]
                    if not isinstance(data__tree__hasCrosstalk, (bool)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.hasCrosstalk must be boolean")
                if "nAmp" in data__tree_keys:
                    data__tree_keys.remove("nAmp")
                    data__tree__nAmp = data__tree["nAmp"]
                    if not isinstance(data__tree__nAmp, (int)) and not (isinstance(data__tree__nAmp, float) and data__tree__nAmp.is_integer()) or isinstance(data__tree__nAmp, bool):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.nAmp must be integer")
                    if isinstance(data__tree__nAmp, (int, float)) and not isinstance(data__tree__nAmp, bool):
                        if data__tree__nAmp < 1:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.nAmp must be bigger than or equal to 1")
                if "crosstalkRatiosUnits" in data__tree_keys:
                    data__tree_keys.remove("crosstalkRatiosUnits")
                    data__tree__crosstalkRatiosUnits = data__tree["crosstalkRatiosUnits"]
                    if not (isinstance(data__tree__crosstalkRatiosUnits, str) and data__tree__crosstalkRatiosUnits == 'adu' or isinstance(data__tree__crosstalkRatiosUnits, str) and data__tree__crosstalkRatiosUnits == 'electron' or data__tree__crosstalkRatiosUnits is None):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.crosstalkRatiosUnits must be one of ['adu', 'electron', None]")
                if "interChip" in data__tree_keys:
                    data__tree_keys.remove("interChip")
                    data__tree__interChip = data__tree["interChip"]
                    if not isinstance(data__tree__interChip, (dict, NoneType)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.interChip must be object or null")
                    data__tree__interChip_is_dict = isinstance(data__tree__interChip, dict)
                    if data__tree__interChip_is_dict:
                        data__tree__interChip_keys = set(data__tree__interChip.keys())
                        for data__tree__interChip_key in data__tree__interChip_keys:
                            if data__tree__interChip_key not in []:
                                data__tree__interChip_value = data__tree__interChip.get(data__tree__interChip_key)
                                if not isinstance(data__tree__interChip_value, (list, tuple)):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.interChip.{data__tree__interChip_key}".format(**locals()) + " must be array")
                                data__tree__interChip_value_is_list = isinstance(data__tree__interChip_value, (list, tuple))
                                if data__tree__interChip_value_is_list:
                                    data__tree__interChip_value_len = len(data__tree__interChip_value)
                                    for data__tree__interChip_value_x, data__tree__interChip_value_item in enumerate(data__tree__interChip_value):
                                        if not isinstance(data__tree__interChip_value_item, (int, float, bool, list, tuple)):
                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.interChip.{data__tree__interChip_key}[{data__tree__interChip_value_x}]".format(**locals()) + " must be number or boolean or array")
                                        data__tree__interChip_value_item_is_list = isinstance(data__tree__interChip_value_item, (list, tuple))
                                        if data__tree__interChip_value_item_is_list:
                                            data__tree__interChip_value_item_len = len(data__tree__interChip_value_item)
                                            for data__tree__interChip_value_item_x, data__tree__interChip_value_item_item in enumerate(data__tree__interChip_value_item):
                                                if not isinstance(data__tree__interChip_value_item_item, (int, float, bool)):
                                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.interChip.{data__tree__interChip_key}[{data__tree__interChip_value_x}][{data__tree__interChip_value_item_x}]".format(**locals()) + " must be number or boolean")
                for data__tree_key in data__tree_keys:
                    if data__tree_key not in ['metadata', 'coeffs', 'coeffErr', 'coeffNum', 'coeffValid', 'coeffsSqr', 'coeffErrSqr', 'ampGainRatios', 'fitGains', 'crosstalkShape', 'hasCrosstalk', 'nAmp', 'crosstalkRatiosUnits', 'interChip']:
                        data__tree_value = data__tree.get(data__tree_key)
                        if not isinstance(data__tree_value, (str, int, float, bool, NoneType, list, tuple)):
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.{data__tree_key}".format(**locals()) + " must be string or number or boolean or null or array")
                        data__tree_value_is_list = isinstance(data__tree_value, (list, tuple))
                        if data__tree_value_is_list:
                            data__tree_value_len = len(data__tree_value)
                            for data__tree_value_x, data__tree_value_item in enumerate(data__tree_value):
                                if not isinstance(data__tree_value_item, (str, int, float, bool, NoneType)):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.{data__tree_key}[{data__tree_value_x}]".format(**locals()) + " must be string or number or boolean or null")
    try:
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['columns']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException("" + (name_prefix or "data") + " must contain " + (str(sorted(data__missing_keys)) + " properties"))
    except JsonSchemaValueException:
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['tree']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException("" + (name_prefix or "data") + " must contain " + (str(sorted(data__missing_keys)) + " properties"))
    else:
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data_keys = set(data.keys())
            if "header" in data_keys:
                data_keys.remove("header")
                data__header = data["header"]
                data__header_is_dict = isinstance(data__header, dict)
                if data__header_is_dict:
                    data__header__missing_keys = set(['HAS_CROSSTALK', 'NAMP']) - data__header.keys()
                    if data__header__missing_keys:
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".header must contain " + (str(sorted(data__header__missing_keys)) + " properties"))
    return data

def validate___definitions_header_definitions_version(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (int, float, NoneType)) or isinstance(data, bool):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be number or null")
    return data

def validate___definitions_header_definitions_schema(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (str, NoneType)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be string or null")
    return data

def validate___definitions_header(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (dict)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be object")
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data_keys = set(data.keys())
        if "OBSTYPE" in data_keys:
            data_keys.remove("OBSTYPE")
            data__OBSTYPE = data["OBSTYPE"]
            if not isinstance(data__OBSTYPE, (str)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".OBSTYPE must be string")
            if isinstance(data__OBSTYPE, str):
                data__OBSTYPE_len = len(data__OBSTYPE)
                if data__OBSTYPE_len < 1:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".OBSTYPE must be longer than or equal to 1 characters")
        if "INSTRUME" in data_keys:
            data_keys.remove("INSTRUME")
            data__INSTRUME = data["INSTRUME"]
            if not isinstance(data__INSTRUME, (str)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".INSTRUME must be string")
            if isinstance(data__INSTRUME, str):
                data__INSTRUME_len = len(data__INSTRUME)
                if data__INSTRUME_len < 1:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".INSTRUME must be longer than or equal to 1 characters")
        if "DETECTOR" in data_keys:
            data_keys.remove("DETECTOR")
            data__DETECTOR = data["DETECTOR"]
            if not isinstance(data__DETECTOR, (int, NoneType)) and not (isinstance(data__DETECTOR, float) and data__DETECTOR.is_integer()) or isinstance(data__DETECTOR, bool):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".DETECTOR must be integer or null")
        if "FILTER" in data_keys:
            data_keys.remove("FILTER")
            data__FILTER = data["FILTER"]
            if not isinstance(data__FILTER, (str, NoneType)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".FILTER must be string or null")
        if "CALIB_ID" in data_keys:
            data_keys.remove("CALIB_ID")
            data__CALIBID = data["CALIB_ID"]
            if not isinstance(data__CALIBID, (str, NoneType)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".CALIB_ID must be string or null")
            if isinstance(data__CALIBID, str):
                if not REGEX_PATTERNS['^($|\\S+=)'].search(data__CALIBID):
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".CALIB_ID must match pattern ^($|\\S+=)")
        if "CALIB_CREATION_DATE" in data_keys:
            data_keys.remove("CALIB_CREATION_DATE")
            data__CALIBCREATIONDATE = data["CALIB_CREATION_DATE"]
            if not isinstance(data__CALIBCREATIONDATE, (str)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".CALIB_CREATION_DATE must be string")
            if isinstance(data__CALIBCREATIONDATE, str):
                if not REGEX_PATTERNS['^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?$'].search(data__CALIBCREATIONDATE):
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".CALIB_CREATION_DATE must match pattern ^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?$")
        if "CALIB_CREATION_TIME" in data_keys:
            data_keys.remove("CALIB_CREATION_TIME")
            data__CALIBCREATIONTIME = data["CALIB_CREATION_TIME"]
            if not isinstance(data__CALIBCREATIONTIME, (str)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".CALIB_CREATION_TIME must be string")
            if isinstance(data__CALIBCREATIONTIME, str):
                if not REGEX_PATTERNS['^[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?( ?[A-Za-z+-].*)?$'].search(data__CALIBCREATIONTIME):
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".CALIB_CREATION_TIME must match pattern ^[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?( ?[A-Za-z+-].*)?$")
        if "CALIBDATE" in data_keys:
            data_keys.remove("CALIBDATE")
            data__CALIBDATE = data["CALIBDATE"]
            validate___definitions_header_definitions_date(data__CALIBDATE, custom_formats, (name_prefix or "data") + ".CALIBDATE")
        if "VALIDSTART" in data_keys:
            data_keys.remove("VALIDSTART")
            data__VALIDSTART = data["VALIDSTART"]
            validate___definitions_header_definitions_date_or_null(data__VALIDSTART, custom_formats, (name_prefix or "data") + ".VALIDSTART")
        if "VALIDEND" in data_keys:
            data_keys.remove("VALIDEND")
            data__VALIDEND = data["VALIDEND"]
            validate___definitions_header_definitions_date_or_null(data__VALIDEND, custom_formats, (name_prefix or "data") + ".VALIDEND")
        if "TIMESYS" in data_keys:
            data_keys.remove("TIMESYS")
            data__TIMESYS = data["TIMESYS"]
            if not (isinstance(data__TIMESYS, str) and data__TIMESYS == 'UTC'):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".TIMESYS must be one of ['UTC']")
        if "CALIBCLS" in data_keys:
            data_keys.remove("CALIBCLS")
            data__CALIBCLS = data["CALIBCLS"]
            if not isinstance(data__CALIBCLS, (str, NoneType)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".CALIBCLS must be string or null")
            if isinstance(data__CALIBCLS, str):
                if not REGEX_PATTERNS['^($|[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*$)'].search(data__CALIBCLS):
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".CALIBCLS must match pattern ^($|[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*$)")
        if "RAFTNAME" in data_keys:
            data_keys.remove("RAFTNAME")
            data__RAFTNAME = data["RAFTNAME"]
            validate___definitions_header_definitions_name(data__RAFTNAME, custom_formats, (name_prefix or "data") + ".RAFTNAME")
        if "SLOTNAME" in data_keys:
            data_keys.remove("SLOTNAME")
            data__SLOTNAME = data["SLOTNAME"]
            validate___definitions_header_definitions_name(data__SLOTNAME, custom_formats, (name_prefix or "data") + ".SLOTNAME")
        if "DET_NAME" in data_keys:
            data_keys.remove("DET_NAME")
            data__DETNAME = data["DET_NAME"]
            validate___definitions_header_definitions_name(data__DETNAME, custom_formats, (name_prefix or "data") + ".DET_NAME")
        if "DETECTOR_NAME" in data_keys:
            data_keys.remove("DETECTOR_NAME")
            data__DETECTORNAME = data["DETECTOR_NAME"]
            validate___definitions_header_definitions_name(data__DETECTORNAME, custom_formats, (name_prefix or "data") + ".DETECTOR_NAME")
        if "DET_SER" in data_keys:
            data_keys.remove("DET_SER")
            data__DETSER = data["DET_SER"]
            validate___definitions_header_definitions_serial(data__DETSER, custom_formats, (name_prefix or "data") + ".DET_SER")
        if "DETECTOR_SERIAL" in data_keys:
            data_keys.remove("DETECTOR_SERIAL")
            data__DETECTORSERIAL = data["DETECTOR_SERIAL"]
            validate___definitions_header_definitions_serial(data__DETECTORSERIAL, custom_formats, (name_prefix or "data") + ".DETECTOR_SERIAL")
        if "HISTORY" in data_keys:
            data_keys.remove("HISTORY")
            data__HISTORY = data["HISTORY"]
            if not isinstance(data__HISTORY, (list, tuple)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".HISTORY must be array")
            data__HISTORY_is_list = isinstance(data__HISTORY, (list, tuple))
            if data__HISTORY_is_list:
                data__HISTORY_len = len(data__HISTORY)
                for data__HISTORY_x, data__HISTORY_item in enumerate(data__HISTORY):
                    if not isinstance(data__HISTORY_item, (str)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".HISTORY[{data__HISTORY_x}]".format(**locals()) + " must be string")
        if "DEPRECATED" in data_keys:
            data_keys.remove("DEPRECATED")
            data__DEPRECATED = data["DEPRECATED"]
            if not isinstance(data__DEPRECATED, (list, tuple, str, NoneType)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".DEPRECATED must be array or string or null")
            data__DEPRECATED_is_list = isinstance(data__DEPRECATED, (list, tuple))
            if data__DEPRECATED_is_list:
                data__DEPRECATED_len = len(data__DEPRECATED)
                for data__DEPRECATED_x, data__DEPRECATED_item in enumerate(data__DEPRECATED):
                    if not isinstance(data__DEPRECATED_item, (str)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".DEPRECATED[{data__DEPRECATED_x}]".format(**locals()) + " must be string")
        for data_key in data_keys:
            if data_key not in ['OBSTYPE', 'INSTRUME', 'DETECTOR', 'FILTER', 'CALIB_ID', 'CALIB_CREATION_DATE', 'CALIB_CREATION_TIME', 'CALIBDATE', 'VALIDSTART', 'VALIDEND', 'TIMESYS', 'CALIBCLS', 'RAFTNAME', 'SLOTNAME', 'DET_NAME', 'DETECTOR_NAME', 'DET_SER', 'DETECTOR_SERIAL', 'HISTORY', 'DEPRECATED']:
                data_value = data.get(data_key)
                validate___definitions_header_definitions_value(data_value, custom_formats, (name_prefix or "data") + ".{data_key}".format(**locals()))
    return data

def validate___definitions_header_definitions_value(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (str, int, float, bool, NoneType, list, tuple)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be string or number or boolean or null or array")
    data_is_list = isinstance(data, (list, tuple))
    if data_is_list:
        data_len = len(data)
        for data_x, data_item in enumerate(data):
            if not isinstance(data_item, (str, int, float, bool, NoneType)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + "[{data_x}]".format(**locals()) + " must be string or number or boolean or null")
    return data

def validate___definitions_header_definitions_serial(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (str, int, NoneType)) and not (isinstance(data, float) and data.is_integer()) or isinstance(data, bool):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be string or integer or null")
    return data

def validate___definitions_header_definitions_name(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (str, NoneType)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be string or null")
    return data

def validate___definitions_header_definitions_date_or_null(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (str, NoneType)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be string or null")
    if isinstance(data, str):
        if not REGEX_PATTERNS['^$|^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?)?$'].search(data):
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must match pattern ^$|^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?)?$")
    return data

def validate___definitions_header_definitions_date(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (str)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be string")
    if isinstance(data, str):
        if not REGEX_PATTERNS['^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?)?$'].search(data):
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must match pattern ^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?)?$")
    return data

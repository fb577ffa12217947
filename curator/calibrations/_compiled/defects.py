# fmt: off
# ruff: noqa
# mypy: ignore-errors
"""Made from schemas/defects.schema.json."""
from curator.calibrations._compiled import JsonSchemaValueException, Patterns

REGEX_PATTERNS = Patterns({
    '^(defects|DEFECTS)_(SCHEMA|schema)$': '^(defects|DEFECTS)_(SCHEMA|schema)$',
    '^(defects|DEFECTS)_(SCHEMA_VERSION|VERSION|version)$': '^(defects|DEFECTS)_(SCHEMA_VERSION|VERSION|version)$',
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
        data__missing_keys = set(['header', 'columns']) - data.keys()
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
                for data__header_key, data__header_val in data__header.items():
                    if REGEX_PATTERNS['^(defects|DEFECTS)_(SCHEMA|schema)$'].search(data__header_key):
                        if data__header_key in data__header_keys:
                            data__header_keys.remove(data__header_key)
                        validate___definitions_header_definitions_schema(data__header_val, custom_formats, (name_prefix or "data") + ".header.{data__header_key}".format(**locals()))
                    if REGEX_PATTERNS['^(defects|DEFECTS)_(SCHEMA_VERSION|VERSION|version)$'].search(data__header_key):
                        if data__header_key in data__header_keys:
                            data__header_keys.remove(data__header_key)
                        validate___definitions_header_definitions_version(data__header_val, custom_formats, (name_prefix or "data") + ".header.{data__header_key}".format(**locals()))
        if "columns" in data_keys:
            data_keys.remove("columns")
            data__columns = data["columns"]
            validate___definitions_boxes(data__columns, custom_formats, (name_prefix or "data") + ".columns")
    return data

def validate___definitions_boxes(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (dict)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be object")
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['x0', 'y0', 'width', 'height']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must contain " + (str(sorted(data__missing_keys)) + " properties"))
        data_keys = set(data.keys())
        if "x0" in data_keys:
            data_keys.remove("x0")
            data__x0 = data["x0"]
            if not isinstance(data__x0, (dict)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".x0 must be object")
            data__x0_is_dict = isinstance(data__x0, dict)
            if data__x0_is_dict:
                data__x0__missing_keys = set(['datatype']) - data__x0.keys()
                if data__x0__missing_keys:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".x0 must contain " + (str(sorted(data__x0__missing_keys)) + " properties"))
                data__x0_keys = set(data__x0.keys())
                if "datatype" in data__x0_keys:
                    data__x0_keys.remove("datatype")
                    data__x0__datatype = data__x0["datatype"]
                    if not (isinstance(data__x0__datatype, str) and data__x0__datatype == 'int8' or isinstance(data__x0__datatype, str) and data__x0__datatype == 'int16' or isinstance(data__x0__datatype, str) and data__x0__datatype == 'int32' or isinstance(data__x0__datatype, str) and data__x0__datatype == 'int64' or isinstance(data__x0__datatype, str) and data__x0__datatype == 'uint8' or isinstance(data__x0__datatype, str) and data__x0__datatype == 'uint16' or isinstance(data__x0__datatype, str) and data__x0__datatype == 'uint32' or isinstance(data__x0__datatype, str) and data__x0__datatype == 'uint64' or isinstance(data__x0__datatype, str) and data__x0__datatype == 'float16' or isinstance(data__x0__datatype, str) and data__x0__datatype == 'float32' or isinstance(data__x0__datatype, str) and data__x0__datatype == 'float64'):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".x0.datatype must be one of ['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'float16', 'float32', 'float64']")
                if "unit" in data__x0_keys:
                    data__x0_keys.remove("unit")
                    data__x0__unit = data__x0["unit"]
                    if not (data__x0__unit is None or isinstance(data__x0__unit, str) and data__x0__unit == '' or isinstance(data__x0__unit, str) and data__x0__unit == 'pix' or isinstance(data__x0__unit, str) and data__x0__unit == 'pixel'):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".x0.unit must be one of [None, '', 'pix', 'pixel']")
        if "y0" in data_keys:
            data_keys.remove("y0")
            data__y0 = data["y0"]
            if not isinstance(data__y0, (dict)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".y0 must be object")
            data__y0_is_dict = isinstance(data__y0, dict)
            if data__y0_is_dict:
                data__y0__missing_keys = set(['datatype']) - data__y0.keys()
                if data__y0__missing_keys:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".y0 must contain " + (str(sorted(data__y0__missing_keys)) + " properties"))
                data__y0_keys = set(data__y0.keys())
                if "datatype" in data__y0_keys:
                    data__y0_keys.remove("datatype")
                    data__y0__datatype = data__y0["datatype"]
                    if not (isinstance(data__y0__datatype, str) and data__y0__datatype == 'int8' or isinstance(data__y0__datatype, str) and data__y0__datatype == 'int16' or isinstance(data__y0__datatype, str) and data__y0__datatype == 'int32' or isinstance(data__y0__datatype, str) and data__y0__datatype == 'int64' or isinstance(data__y0__datatype, str) and data__y0__datatype == 'uint8' or isinstance(data__y0__datatype, str) and data__y0__datatype == 'uint16' or isinstance(data__y0__datatype, str) and data__y0__datatype == 'uint32' or isinstance(data__y0__datatype, str) and data__y0__datatype == 'uint64' or isinstance(data__y0__datatype, str) and data__y0__datatype == 'float16' or isinstance(data__y0__datatype, str) and data__y0__datatype == 'float32' or isinstance(data__y0__datatype, str) and data__y0__datatype == 'float64'):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".y0.datatype must be one of ['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'float16', 'float32', 'float64']")
                if "unit" in data__y0_keys:
                    data__y0_keys.remove("unit")
                    data__y0__unit = data__y0["unit"]
                    if not (data__y0__unit is None or isinstance(data__y0__unit, str) and data__y0__unit == '' or isinstance(data__y0__unit, str) and data__y0__unit == 'pix' or isinstance(data__y0__unit, str) and data__y0__unit == 'pixel'):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".y0.unit must be one of [None, '', 'pix', 'pixel']")
        if "width" in data_keys:
            data_keys.remove("width")
            data__width = data["width"]
            if not isinstance(data__width, (dict)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".width must be object")
            data__width_is_dict = isinstance(data__width, dict)
            if data__width_is_dict:
                data__width__missing_keys = set(['datatype']) - data__width.keys()
                if data__width__missing_keys:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".width must contain " + (str(sorted(data__width__missing_keys)) + " properties"))
                data__width_keys = set(data__width.keys())
                if "datatype" in data__width_keys:
                    data__width_keys.remove("datatype")
                    data__width__datatype = data__width["datatype"]
                    if not (isinstance(data__width__datatype, str) and data__width__datatype == 'int8' or isinstance(data__width__datatype, str) and data__width__datatype == 'int16' or isinstance(data__width__datatype, str) and data__width__datatype == 'int32' or isinstance(data__width__datatype, str) and data__width__datatype == 'int64' or isinstance(data__width__datatype, str) and data__width__datatype == 'uint8' or isinstance(data__width__datatype, str) and data__width__datatype == 'uint16' or isinstance(data__width__datatype, str) and data__width__datatype == 'uint32' or isinstance(data__width__datatype, str) and data__width__datatype == 'uint64' or isinstance(data__width__datatype, str) and data__width__datatype == 'float16' or isinstance(data__width__datatype, str) and data__width__datatype == 'float32' or isinstance(data__width__datatype, str) and data__width__datatype == 'float64'):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".width.datatype must be one of ['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'float16', 'float32', 'float64']")
                if "unit" in data__width_keys:
                    data__width_keys.remove("unit")
                    data__width__unit = data__width["unit"]
                    if not (data__width__unit is None or isinstance(data__width__unit, str) and data__width__unit == '' or isinstance(data__width__unit, str) and data__width__unit == 'pix' or isinstance(data__width__unit, str) and data__width__unit == 'pixel'):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".width.unit must be one of [None, '', 'pix', 'pixel']")
        if "height" in data_keys:
            data_keys.remove("height")
            data__height = data["height"]
            if not isinstance(data__height, (dict)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".height must be object")
            data__height_is_dict = isinstance(data__height, dict)
            if data__height_is_dict:
                data__height__missing_keys = set(['datatype']) - data__height.keys()
                if data__height__missing_keys:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".height must contain " + (str(sorted(data__height__missing_keys)) + " properties"))
                data__height_keys = set(data__height.keys())
                if "datatype" in data__height_keys:
                    data__height_keys.remove("datatype")
                    data__height__datatype = data__height["datatype"]
                    if not (isinstance(data__height__datatype, str) and data__height__datatype == 'int8' or isinstance(data__height__datatype, str) and data__height__datatype == 'int16' or isinstance(data__height__datatype, str) and data__height__datatype == 'int32' or isinstance(data__height__datatype, str) and data__height__datatype == 'int64' or isinstance(data__height__datatype, str) and data__height__datatype == 'uint8' or isinstance(data__height__datatype, str) and data__height__datatype == 'uint16' or isinstance(data__height__datatype, str) and data__height__datatype == 'uint32' or isinstance(data__height__datatype, str) and data__height__datatype == 'uint64' or isinstance(data__height__datatype, str) and data__height__datatype == 'float16' or isinstance(data__height__datatype, str) and data__height__datatype == 'float32' or isinstance(data__height__datatype, str) and data__height__datatype == 'float64'):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".height.datatype must be one of ['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'float16', 'float32', 'float64']")
                if "unit" in data__height_keys:
                    data__height_keys.remove("unit")
                    data__height__unit = data__height["unit"]
                    if not (data__height__unit is None or isinstance(data__height__unit, str) and data__height__unit == '' or isinstance(data__height__unit, str) and data__height__unit == 'pix' or isinstance(data__height__unit, str) and data__height__unit == 'pixel'):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".height.unit must be one of [None, '', 'pix', 'pixel']")
        if "reason" in data_keys:
            data_keys.remove("reason")
            data__reason = data["reason"]
            if not isinstance(data__reason, (dict)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".reason must be object")
            data__reason_is_dict = isinstance(data__reason, dict)
            if data__reason_is_dict:
                data__reason__missing_keys = set(['datatype']) - data__reason.keys()
                if data__reason__missing_keys:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".reason must contain " + (str(sorted(data__reason__missing_keys)) + " properties"))
                data__reason_keys = set(data__reason.keys())
                if "datatype" in data__reason_keys:
                    data__reason_keys.remove("datatype")
                    data__reason__datatype = data__reason["datatype"]
                    if not (isinstance(data__reason__datatype, str) and data__reason__datatype == 'string'):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".reason.datatype must be one of ['string']")
        for data_key in data_keys:
            if data_key not in ['x0', 'y0', 'width', 'height', 'reason']:
                data_value = data.get(data_key)
                if not isinstance(data_value, (dict)):
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".{data_key}".format(**locals()) + " must be object")
                data_value_is_dict = isinstance(data_value, dict)
                if data_value_is_dict:
                    data_value__missing_keys = set(['datatype']) - data_value.keys()
                    if data_value__missing_keys:
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".{data_key}".format(**locals()) + " must contain " + (str(sorted(data_value__missing_keys)) + " properties"))
                    data_value_keys = set(data_value.keys())
                    if "datatype" in data_value_keys:
                        data_value_keys.remove("datatype")
                        data_value__datatype = data_value["datatype"]
                        if not isinstance(data_value__datatype, (str)):
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".{data_key}.datatype".format(**locals()) + " must be string")
                    if "unit" in data_value_keys:
                        data_value_keys.remove("unit")
                        data_value__unit = data_value["unit"]
                        if not isinstance(data_value__unit, (str, NoneType)):
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".{data_key}.unit".format(**locals()) + " must be string or null")
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

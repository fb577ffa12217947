# fmt: off
# ruff: noqa
# mypy: ignore-errors
"""Made from schemas/header.schema.json."""
from curator.calibrations._compiled import JsonSchemaValueException, Patterns

REGEX_PATTERNS = Patterns({
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
            validate___definitions_date(data__CALIBDATE, custom_formats, (name_prefix or "data") + ".CALIBDATE")
        if "VALIDSTART" in data_keys:
            data_keys.remove("VALIDSTART")
            data__VALIDSTART = data["VALIDSTART"]
            validate___definitions_date_or_null(data__VALIDSTART, custom_formats, (name_prefix or "data") + ".VALIDSTART")
        if "VALIDEND" in data_keys:
            data_keys.remove("VALIDEND")
            data__VALIDEND = data["VALIDEND"]
            validate___definitions_date_or_null(data__VALIDEND, custom_formats, (name_prefix or "data") + ".VALIDEND")
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
            validate___definitions_name(data__RAFTNAME, custom_formats, (name_prefix or "data") + ".RAFTNAME")
        if "SLOTNAME" in data_keys:
            data_keys.remove("SLOTNAME")
            data__SLOTNAME = data["SLOTNAME"]
            validate___definitions_name(data__SLOTNAME, custom_formats, (name_prefix or "data") + ".SLOTNAME")
        if "DET_NAME" in data_keys:
            data_keys.remove("DET_NAME")
            data__DETNAME = data["DET_NAME"]
            validate___definitions_name(data__DETNAME, custom_formats, (name_prefix or "data") + ".DET_NAME")
        if "DETECTOR_NAME" in data_keys:
            data_keys.remove("DETECTOR_NAME")
            data__DETECTORNAME = data["DETECTOR_NAME"]
            validate___definitions_name(data__DETECTORNAME, custom_formats, (name_prefix or "data") + ".DETECTOR_NAME")
        if "DET_SER" in data_keys:
            data_keys.remove("DET_SER")
            data__DETSER = data["DET_SER"]
            validate___definitions_serial(data__DETSER, custom_formats, (name_prefix or "data") + ".DET_SER")
        if "DETECTOR_SERIAL" in data_keys:
            data_keys.remove("DETECTOR_SERIAL")
            data__DETECTORSERIAL = data["DETECTOR_SERIAL"]
            validate___definitions_serial(data__DETECTORSERIAL, custom_formats, (name_prefix or "data") + ".DETECTOR_SERIAL")
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
                validate___definitions_value(data_value, custom_formats, (name_prefix or "data") + ".{data_key}".format(**locals()))
    return data

def validate___definitions_value(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (str, int, float, bool, NoneType, list, tuple)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be string or number or boolean or null or array")
    data_is_list = isinstance(data, (list, tuple))
    if data_is_list:
        data_len = len(data)
        for data_x, data_item in enumerate(data):
            if not isinstance(data_item, (str, int, float, bool, NoneType)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + "[{data_x}]".format(**locals()) + " must be string or number or boolean or null")
    return data

def validate___definitions_serial(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (str, int, NoneType)) and not (isinstance(data, float) and data.is_integer()) or isinstance(data, bool):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be string or integer or null")
    return data

def validate___definitions_name(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (str, NoneType)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be string or null")
    return data

def validate___definitions_date_or_null(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (str, NoneType)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be string or null")
    if isinstance(data, str):
        if not REGEX_PATTERNS['^$|^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?)?$'].search(data):
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must match pattern ^$|^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?)?$")
    return data

def validate___definitions_date(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (str)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be string")
    if isinstance(data, str):
        if not REGEX_PATTERNS['^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?)?$'].search(data):
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must match pattern ^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?)?$")
    return data

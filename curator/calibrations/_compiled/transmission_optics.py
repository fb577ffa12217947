# fmt: off
# ruff: noqa
# mypy: ignore-errors
"""Made from schemas/transmission_optics.schema.json."""
from curator.calibrations._compiled import JsonSchemaValueException, Patterns

REGEX_PATTERNS = Patterns({
    '^(transmission_optics|TRANSMISSION_OPTICS)_(SCHEMA|schema)$': '^(transmission_optics|TRANSMISSION_OPTICS)_(SCHEMA|schema)$',
    '^(transmission_optics|TRANSMISSION_OPTICS)_(SCHEMA_VERSION|VERSION|version)$': '^(transmission_optics|TRANSMISSION_OPTICS)_(SCHEMA_VERSION|VERSION|version)$',
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
                if "MODE" in data__header_keys:
                    data__header_keys.remove("MODE")
                    data__header__MODE = data__header["MODE"]
                    if not (isinstance(data__header__MODE, str) and data__header__MODE == 'AMP' or isinstance(data__header__MODE, str) and data__header__MODE == 'DETECTOR' or isinstance(data__header__MODE, str) and data__header__MODE == 'IMAGE' or isinstance(data__header__MODE, str) and data__header__MODE == 'CAMERA'):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.MODE must be one of ['AMP', 'DETECTOR', 'IMAGE', 'CAMERA']")
                if "TYPE" in data__header_keys:
                    data__header_keys.remove("TYPE")
                    data__header__TYPE = data__header["TYPE"]
                    if not isinstance(data__header__TYPE, (str, NoneType)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.TYPE must be string or null")
                if "SOURCE" in data__header_keys:
                    data__header_keys.remove("SOURCE")
                    data__header__SOURCE = data__header["SOURCE"]
                    if not isinstance(data__header__SOURCE, (str, NoneType)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.SOURCE must be string or null")
                for data__header_key, data__header_val in data__header.items():
                    if REGEX_PATTERNS['^(transmission_optics|TRANSMISSION_OPTICS)_(SCHEMA|schema)$'].search(data__header_key):
                        if data__header_key in data__header_keys:
                            data__header_keys.remove(data__header_key)
                        validate___definitions_header_definitions_schema(data__header_val, custom_formats, (name_prefix or "data") + ".header.{data__header_key}".format(**locals()))
                    if REGEX_PATTERNS['^(transmission_optics|TRANSMISSION_OPTICS)_(SCHEMA_VERSION|VERSION|version)$'].search(data__header_key):
                        if data__header_key in data__header_keys:
                            data__header_keys.remove(data__header_key)
                        validate___definitions_header_definitions_version(data__header_val, custom_formats, (name_prefix or "data") + ".header.{data__header_key}".format(**locals()))
        if "columns" in data_keys:
            data_keys.remove("columns")
            data__columns = data["columns"]
            validate___definitions_curve(data__columns, custom_formats, (name_prefix or "data") + ".columns")
    return data

def validate___definitions_curve(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (dict)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be object")
    data_any_of_count1 = 0
    if not data_any_of_count1:
        try:
            data_is_dict = isinstance(data, dict)
            if data_is_dict:
                data__missing_keys = set(['efficiency']) - data.keys()
                if data__missing_keys:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + " must contain " + (str(sorted(data__missing_keys)) + " properties"))
            data_any_of_count1 += 1
        except JsonSchemaValueException: pass
    if not data_any_of_count1:
        try:
            data_is_dict = isinstance(data, dict)
            if data_is_dict:
                data__missing_keys = set(['throughput']) - data.keys()
                if data__missing_keys:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + " must contain " + (str(sorted(data__missing_keys)) + " properties"))
            data_any_of_count1 += 1
        except JsonSchemaValueException: pass
    if not data_any_of_count1:
        raise JsonSchemaValueException("" + (name_prefix or "data") + " cannot be validated by any definition")
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['wavelength']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must contain " + (str(sorted(data__missing_keys)) + " properties"))
        data_keys = set(data.keys())
        if "wavelength" in data_keys:
            data_keys.remove("wavelength")
            data__wavelength = data["wavelength"]
            if not isinstance(data__wavelength, (dict)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".wavelength must be object")
            data__wavelength_is_dict = isinstance(data__wavelength, dict)
            if data__wavelength_is_dict:
                data__wavelength__missing_keys = set(['datatype', 'unit']) - data__wavelength.keys()
                if data__wavelength__missing_keys:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".wavelength must contain " + (str(sorted(data__wavelength__missing_keys)) + " properties"))
                data__wavelength_keys = set(data__wavelength.keys())
                if "datatype" in data__wavelength_keys:
                    data__wavelength_keys.remove("datatype")
                    data__wavelength__datatype = data__wavelength["datatype"]
                    if not (isinstance(data__wavelength__datatype, str) and data__wavelength__datatype == 'int8' or isinstance(data__wavelength__datatype, str) and data__wavelength__datatype == 'int16' or isinstance(data__wavelength__datatype, str) and data__wavelength__datatype == 'int32' or isinstance(data__wavelength__datatype, str) and data__wavelength__datatype == 'int64' or isinstance(data__wavelength__datatype, str) and data__wavelength__datatype == 'uint8' or isinstance(data__wavelength__datatype, str) and data__wavelength__datatype == 'uint16' or isinstance(data__wavelength__datatype, str) and data__wavelength__datatype == 'uint32' or isinstance(data__wavelength__datatype, str) and data__wavelength__datatype == 'uint64' or isinstance(data__wavelength__datatype, str) and data__wavelength__datatype == 'float16' or isinstance(data__wavelength__datatype, str) and data__wavelength__datatype == 'float32' or isinstance(data__wavelength__datatype, str) and data__wavelength__datatype == 'float64'):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".wavelength.datatype must be one of ['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'float16', 'float32', 'float64']")
                if "unit" in data__wavelength_keys:
                    data__wavelength_keys.remove("unit")
                    data__wavelength__unit = data__wavelength["unit"]
                    if not (isinstance(data__wavelength__unit, str) and data__wavelength__unit == 'nm' or isinstance(data__wavelength__unit, str) and data__wavelength__unit == 'Angstrom' or isinstance(data__wavelength__unit, str) and data__wavelength__unit == 'angstrom' or isinstance(data__wavelength__unit, str) and data__wavelength__unit == 'AA' or isinstance(data__wavelength__unit, str) and data__wavelength__unit == 'Angstroms' or isinstance(data__wavelength__unit, str) and data__wavelength__unit == 'um' or isinstance(data__wavelength__unit, str) and data__wavelength__unit == 'micron'):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".wavelength.unit must be one of ['nm', 'Angstrom', 'angstrom', 'AA', 'Angstroms', 'um', 'micron']")
        if "efficiency" in data_keys:
            data_keys.remove("efficiency")
            data__efficiency = data["efficiency"]
            if not isinstance(data__efficiency, (dict)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".efficiency must be object")
            data__efficiency_is_dict = isinstance(data__efficiency, dict)
            if data__efficiency_is_dict:
                data__efficiency__missing_keys = set(['datatype']) - data__efficiency.keys()
                if data__efficiency__missing_keys:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".efficiency must contain " + (str(sorted(data__efficiency__missing_keys)) + " properties"))
                data__efficiency_keys = set(data__efficiency.keys())
                if "datatype" in data__efficiency_keys:
                    data__efficiency_keys.remove("datatype")
                    data__efficiency__datatype = data__efficiency["datatype"]
                    if not (isinstance(data__efficiency__datatype, str) and data__efficiency__datatype == 'int8' or isinstance(data__efficiency__datatype, str) and data__efficiency__datatype == 'int16' or isinstance(data__efficiency__datatype, str) and data__efficiency__datatype == 'int32' or isinstance(data__efficiency__datatype, str) and data__efficiency__datatype == 'int64' or isinstance(data__efficiency__datatype, str) and data__efficiency__datatype == 'uint8' or isinstance(data__efficiency__datatype, str) and data__efficiency__datatype == 'uint16' or isinstance(data__efficiency__datatype, str) and data__efficiency__datatype == 'uint32' or isinstance(data__efficiency__datatype, str) and data__efficiency__datatype == 'uint64' or isinstance(data__efficiency__datatype, str) and data__efficiency__datatype == 'float16' or isinstance(data__efficiency__datatype, str) and data__efficiency__datatype == 'float32' or isinstance(data__efficiency__datatype, str) and data__efficiency__datatype == 'float64'):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".efficiency.datatype must be one of ['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'float16', 'float32', 'float64']")
                if "unit" in data__efficiency_keys:
                    data__efficiency_keys.remove("unit")
                    data__efficiency__unit = data__efficiency["unit"]
                    if not (data__efficiency__unit is None or isinstance(data__efficiency__unit, str) and data__efficiency__unit == '' or isinstance(data__efficiency__unit, str) and data__efficiency__unit == '%' or isinstance(data__efficiency__unit, str) and data__efficiency__unit == '-'):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".efficiency.unit must be one of [None, '', '%', '-']")
        if "throughput" in data_keys:
            data_keys.remove("throughput")
            data__throughput = data["throughput"]
            if not isinstance(data__throughput, (dict)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".throughput must be object")
            data__throughput_is_dict = isinstance(data__throughput, dict)
            if data__throughput_is_dict:
                data__throughput__missing_keys = set(['datatype']) - data__throughput.keys()
                if data__throughput__missing_keys:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".throughput must contain " + (str(sorted(data__throughput__missing_keys)) + " properties"))
                data__throughput_keys = set(data__throughput.keys())
                if "datatype" in data__throughput_keys:
                    data__throughput_keys.remove("datatype")
                    data__throughput__datatype = data__throughput["datatype"]
                    if not (isinstance(data__throughput__datatype, str) and data__throughput__datatype == 'int8' or isinstance(data__throughput__datatype, str) and data__throughput__datatype == 'int16' or isinstance(data__throughput__datatype, str) and data__throughput__datatype == 'int32' or isinstance(data__throughput__datatype, str) and data__throughput__datatype == 'int64' or isinstance(data__throughput__datatype, str) and data__throughput__datatype == 'uint8' or isinstance(data__throughput__datatype, str) and data__throughput__datatype == 'uint16' or isinstance(data__throughput__datatype, str) and data__throughput__datatype == 'uint32' or isinstance(data__throughput__datatype, str) and data__throughput__datatype == 'uint64' or isinstance(data__throughput__datatype, str) and data__throughput__datatype == 'float16' or isinstance(data__throughput__datatype, str) and data__throughput__datatype == 'float32' or isinstance(data__throughput__datatype, str) and data__throughput__datatype == 'float64'):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".throughput.datatype must be one of ['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'float16', 'float32', 'float64']")
                if "unit" in data__throughput_keys:
                    data__throughput_keys.remove("unit")
                    data__throughput__unit = data__throughput["unit"]
                    if not (data__throughput__unit is None or isinstance(data__throughput__unit, str) and data__throughput__unit == '' or isinstance(data__throughput__unit, str) and data__throughput__unit == '%' or isinstance(data__throughput__unit, str) and data__throughput__unit == '-'):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".throughput.unit must be one of [None, '', '%', '-']")
        if "amp_name" in data_keys:
            data_keys.remove("amp_name")
            data__ampname = data["amp_name"]
            if not isinstance(data__ampname, (dict)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".amp_name must be object")
            data__ampname_is_dict = isinstance(data__ampname, dict)
            if data__ampname_is_dict:
                data__ampname__missing_keys = set(['datatype']) - data__ampname.keys()
                if data__ampname__missing_keys:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".amp_name must contain " + (str(sorted(data__ampname__missing_keys)) + " properties"))
                data__ampname_keys = set(data__ampname.keys())
                if "datatype" in data__ampname_keys:
                    data__ampname_keys.remove("datatype")
                    data__ampname__datatype = data__ampname["datatype"]
                    if not (isinstance(data__ampname__datatype, str) and data__ampname__datatype == 'string'):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".amp_name.datatype must be one of ['string']")
        for data_key in data_keys:
            if data_key not in ['wavelength', 'efficiency', 'throughput', 'amp_name']:
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

# fmt: off
# ruff: noqa
# mypy: ignore-errors
"""Made from schemas/curve.schema.json."""
from curator.calibrations._compiled import JsonSchemaValueException, Patterns

NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
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

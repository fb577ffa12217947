# fmt: off
# ruff: noqa
# mypy: ignore-errors
"""Made from schemas/boxes.schema.json."""
from curator.calibrations._compiled import JsonSchemaValueException, Patterns

NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
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

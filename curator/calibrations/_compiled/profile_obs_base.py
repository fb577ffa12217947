# fmt: off
# ruff: noqa
# mypy: ignore-errors
"""Made from schemas/profile_obs_base.schema.json."""
from curator.calibrations._compiled import JsonSchemaValueException, Patterns

NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (dict)):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be object")
    try:
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data_keys = set(data.keys())
            if "dimensions" in data_keys:
                data_keys.remove("dimensions")
                data__dimensions = data["dimensions"]
                data__dimensions_is_list = isinstance(data__dimensions, (list, tuple))
                if data__dimensions_is_list:
                    data__dimensions_contains = False
                    for data__dimensions_key in data__dimensions:
                        try:
                            if not (isinstance(data__dimensions_key, str) and data__dimensions_key == 'detector'):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".dimensions must be same as const definition: detector")
                            data__dimensions_contains = True
                            break
                        except JsonSchemaValueException: pass
                    if not data__dimensions_contains:
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".dimensions must contain one of contains definition")
    except JsonSchemaValueException:
        pass
    else:
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data_keys = set(data.keys())
            if "header" in data_keys:
                data_keys.remove("header")
                data__header = data["header"]
                data__header_is_dict = isinstance(data__header, dict)
                if data__header_is_dict:
                    data__header__missing_keys = set(['DETECTOR']) - data__header.keys()
                    if data__header__missing_keys:
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".header must contain " + (str(sorted(data__header__missing_keys)) + " properties"))
                    data__header_keys = set(data__header.keys())
                    if "DETECTOR" in data__header_keys:
                        data__header_keys.remove("DETECTOR")
                        data__header__DETECTOR = data__header["DETECTOR"]
                        if not isinstance(data__header__DETECTOR, (int)) and not (isinstance(data__header__DETECTOR, float) and data__header__DETECTOR.is_integer()) or isinstance(data__header__DETECTOR, bool):
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.DETECTOR must be integer")
    try:
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data_keys = set(data.keys())
            if "dimensions" in data_keys:
                data_keys.remove("dimensions")
                data__dimensions = data["dimensions"]
                data__dimensions_is_list = isinstance(data__dimensions, (list, tuple))
                if data__dimensions_is_list:
                    data__dimensions_contains = False
                    for data__dimensions_key in data__dimensions:
                        try:
                            if not (isinstance(data__dimensions_key, str) and data__dimensions_key == 'physical_filter'):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".dimensions must be same as const definition: physical_filter")
                            data__dimensions_contains = True
                            break
                        except JsonSchemaValueException: pass
                    if not data__dimensions_contains:
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".dimensions must contain one of contains definition")
    except JsonSchemaValueException:
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data_keys = set(data.keys())
            if "header" in data_keys:
                data_keys.remove("header")
                data__header = data["header"]
                data__header_is_dict = isinstance(data__header, dict)
                if data__header_is_dict:
                    data__header_keys = set(data__header.keys())
                    if "FILTER" in data__header_keys:
                        data__header_keys.remove("FILTER")
                        data__header__FILTER = data__header["FILTER"]
                        if not (data__header__FILTER is None or isinstance(data__header__FILTER, str) and data__header__FILTER == ''):
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.FILTER must be one of [None, '']")
    else:
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data_keys = set(data.keys())
            if "header" in data_keys:
                data_keys.remove("header")
                data__header = data["header"]
                data__header_is_dict = isinstance(data__header, dict)
                if data__header_is_dict:
                    data__header__missing_keys = set(['FILTER']) - data__header.keys()
                    if data__header__missing_keys:
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".header must contain " + (str(sorted(data__header__missing_keys)) + " properties"))
                    data__header_keys = set(data__header.keys())
                    if "FILTER" in data__header_keys:
                        data__header_keys.remove("FILTER")
                        data__header__FILTER = data__header["FILTER"]
                        if not isinstance(data__header__FILTER, (str)):
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.FILTER must be string")
                        try:
                            if not (isinstance(data__header__FILTER, str) and data__header__FILTER == 'NONE'):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.FILTER must be same as const definition: NONE")
                        except JsonSchemaValueException: pass
                        else:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.FILTER must NOT match a disallowed definition")
                        if isinstance(data__header__FILTER, str):
                            data__header__FILTER_len = len(data__header__FILTER)
                            if data__header__FILTER_len < 1:
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.FILTER must be longer than or equal to 1 characters")
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['header', 'dimensions']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException("" + (name_prefix or "data") + " must contain " + (str(sorted(data__missing_keys)) + " properties"))
        data_keys = set(data.keys())
        if "dimensions" in data_keys:
            data_keys.remove("dimensions")
            data__dimensions = data["dimensions"]
            if not isinstance(data__dimensions, (list, tuple)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".dimensions must be array")
            data__dimensions_is_list = isinstance(data__dimensions, (list, tuple))
            if data__dimensions_is_list:
                data__dimensions_len = len(data__dimensions)
                for data__dimensions_x, data__dimensions_item in enumerate(data__dimensions):
                    if not (isinstance(data__dimensions_item, str) and data__dimensions_item == 'detector' or isinstance(data__dimensions_item, str) and data__dimensions_item == 'physical_filter'):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".dimensions[{data__dimensions_x}]".format(**locals()) + " must be one of ['detector', 'physical_filter']")
        if "header" in data_keys:
            data_keys.remove("header")
            data__header = data["header"]
            if not isinstance(data__header, (dict)):
                raise JsonSchemaValueException("" + (name_prefix or "data") + ".header must be object")
            data__header_is_dict = isinstance(data__header, dict)
            if data__header_is_dict:
                data__header__missing_keys = set(['OBSTYPE', 'INSTRUME', 'CALIBDATE']) - data__header.keys()
                if data__header__missing_keys:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".header must contain " + (str(sorted(data__header__missing_keys)) + " properties"))
    return data

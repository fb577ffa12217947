# fmt: off
# ruff: noqa
# mypy: ignore-errors
"""Made from schemas/linearizer.schema.json."""
from curator.calibrations._compiled import JsonSchemaValueException, Patterns

REGEX_PATTERNS = Patterns({
    '^(linearizer|LINEARIZER)_(SCHEMA|schema)$': '^(linearizer|LINEARIZER)_(SCHEMA|schema)$',
    '^(linearizer|LINEARIZER)_(SCHEMA_VERSION|VERSION|version)$': '^(linearizer|LINEARIZER)_(SCHEMA_VERSION|VERSION|version)$',
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
                if "HAS_LINEARITY" in data__header_keys:
                    data__header_keys.remove("HAS_LINEARITY")
                    data__header__HASLINEARITY = data__header["HAS_LINEARITY"]
                    if not isinstance(data__header__HASLINEARITY, (bool)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.HAS_LINEARITY must be boolean")
                if "OVERRIDE" in data__header_keys:
                    data__header_keys.remove("OVERRIDE")
                    data__header__OVERRIDE = data__header["OVERRIDE"]
                    if not isinstance(data__header__OVERRIDE, (bool, NoneType)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.OVERRIDE must be boolean or null")
                if "HAS_TABLE" in data__header_keys:
                    data__header_keys.remove("HAS_TABLE")
                    data__header__HASTABLE = data__header["HAS_TABLE"]
                    if not isinstance(data__header__HASTABLE, (bool, NoneType)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.HAS_TABLE must be boolean or null")
                for data__header_key, data__header_val in data__header.items():
                    if REGEX_PATTERNS['^(linearizer|LINEARIZER)_(SCHEMA|schema)$'].search(data__header_key):
                        if data__header_key in data__header_keys:
                            data__header_keys.remove(data__header_key)
                        validate___definitions_header_definitions_schema(data__header_val, custom_formats, (name_prefix or "data") + ".header.{data__header_key}".format(**locals()))
                    if REGEX_PATTERNS['^(linearizer|LINEARIZER)_(SCHEMA_VERSION|VERSION|version)$'].search(data__header_key):
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
                data__columns__missing_keys = set(['AMPLIFIER_NAME', 'TYPE', 'COEFFS', 'BBOX_X0', 'BBOX_Y0', 'BBOX_DX', 'BBOX_DY']) - data__columns.keys()
                if data__columns__missing_keys:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns must contain " + (str(sorted(data__columns__missing_keys)) + " properties"))
                data__columns_keys = set(data__columns.keys())
                if "AMPLIFIER_NAME" in data__columns_keys:
                    data__columns_keys.remove("AMPLIFIER_NAME")
                    data__columns__AMPLIFIERNAME = data__columns["AMPLIFIER_NAME"]
                    if not isinstance(data__columns__AMPLIFIERNAME, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.AMPLIFIER_NAME must be object")
                    data__columns__AMPLIFIERNAME_is_dict = isinstance(data__columns__AMPLIFIERNAME, dict)
                    if data__columns__AMPLIFIERNAME_is_dict:
                        data__columns__AMPLIFIERNAME__missing_keys = set(['datatype']) - data__columns__AMPLIFIERNAME.keys()
                        if data__columns__AMPLIFIERNAME__missing_keys:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.AMPLIFIER_NAME must contain " + (str(sorted(data__columns__AMPLIFIERNAME__missing_keys)) + " properties"))
                        data__columns__AMPLIFIERNAME_keys = set(data__columns__AMPLIFIERNAME.keys())
                        if "datatype" in data__columns__AMPLIFIERNAME_keys:
                            data__columns__AMPLIFIERNAME_keys.remove("datatype")
                            data__columns__AMPLIFIERNAME__datatype = data__columns__AMPLIFIERNAME["datatype"]
                            if not (isinstance(data__columns__AMPLIFIERNAME__datatype, str) and data__columns__AMPLIFIERNAME__datatype == 'string'):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.AMPLIFIER_NAME.datatype must be one of ['string']")
                if "TYPE" in data__columns_keys:
                    data__columns_keys.remove("TYPE")
                    data__columns__TYPE = data__columns["TYPE"]
                    if not isinstance(data__columns__TYPE, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.TYPE must be object")
                    data__columns__TYPE_is_dict = isinstance(data__columns__TYPE, dict)
                    if data__columns__TYPE_is_dict:
                        data__columns__TYPE__missing_keys = set(['datatype']) - data__columns__TYPE.keys()
                        if data__columns__TYPE__missing_keys:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.TYPE must contain " + (str(sorted(data__columns__TYPE__missing_keys)) + " properties"))
                        data__columns__TYPE_keys = set(data__columns__TYPE.keys())
                        if "datatype" in data__columns__TYPE_keys:
                            data__columns__TYPE_keys.remove("datatype")
                            data__columns__TYPE__datatype = data__columns__TYPE["datatype"]
                            if not (isinstance(data__columns__TYPE__datatype, str) and data__columns__TYPE__datatype == 'string'):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.TYPE.datatype must be one of ['string']")
                if "BBOX_X0" in data__columns_keys:
                    data__columns_keys.remove("BBOX_X0")
                    data__columns__BBOXX0 = data__columns["BBOX_X0"]
                    if not isinstance(data__columns__BBOXX0, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.BBOX_X0 must be object")
                    data__columns__BBOXX0_is_dict = isinstance(data__columns__BBOXX0, dict)
                    if data__columns__BBOXX0_is_dict:
                        data__columns__BBOXX0__missing_keys = set(['datatype']) - data__columns__BBOXX0.keys()
                        if data__columns__BBOXX0__missing_keys:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.BBOX_X0 must contain " + (str(sorted(data__columns__BBOXX0__missing_keys)) + " properties"))
                        data__columns__BBOXX0_keys = set(data__columns__BBOXX0.keys())
                        if "datatype" in data__columns__BBOXX0_keys:
                            data__columns__BBOXX0_keys.remove("datatype")
                            data__columns__BBOXX0__datatype = data__columns__BBOXX0["datatype"]
                            if not (isinstance(data__columns__BBOXX0__datatype, str) and data__columns__BBOXX0__datatype == 'int8' or isinstance(data__columns__BBOXX0__datatype, str) and data__columns__BBOXX0__datatype == 'int16' or isinstance(data__columns__BBOXX0__datatype, str) and data__columns__BBOXX0__datatype == 'int32' or isinstance(data__columns__BBOXX0__datatype, str) and data__columns__BBOXX0__datatype == 'int64' or isinstance(data__columns__BBOXX0__datatype, str) and data__columns__BBOXX0__datatype == 'uint8' or isinstance(data__columns__BBOXX0__datatype, str) and data__columns__BBOXX0__datatype == 'uint16' or isinstance(data__columns__BBOXX0__datatype, str) and data__columns__BBOXX0__datatype == 'uint32' or isinstance(data__columns__BBOXX0__datatype, str) and data__columns__BBOXX0__datatype == 'uint64'):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.BBOX_X0.datatype must be one of ['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64']")
                if "BBOX_Y0" in data__columns_keys:
                    data__columns_keys.remove("BBOX_Y0")
                    data__columns__BBOXY0 = data__columns["BBOX_Y0"]
                    if not isinstance(data__columns__BBOXY0, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.BBOX_Y0 must be object")
                    data__columns__BBOXY0_is_dict = isinstance(data__columns__BBOXY0, dict)
                    if data__columns__BBOXY0_is_dict:
                        data__columns__BBOXY0__missing_keys = set(['datatype']) - data__columns__BBOXY0.keys()
                        if data__columns__BBOXY0__missing_keys:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.BBOX_Y0 must contain " + (str(sorted(data__columns__BBOXY0__missing_keys)) + " properties"))
                        data__columns__BBOXY0_keys = set(data__columns__BBOXY0.keys())
                        if "datatype" in data__columns__BBOXY0_keys:
                            data__columns__BBOXY0_keys.remove("datatype")
                            data__columns__BBOXY0__datatype = data__columns__BBOXY0["datatype"]
                            if not (isinstance(data__columns__BBOXY0__datatype, str) and data__columns__BBOXY0__datatype == 'int8' or isinstance(data__columns__BBOXY0__datatype, str) and data__columns__BBOXY0__datatype == 'int16' or isinstance(data__columns__BBOXY0__datatype, str) and data__columns__BBOXY0__datatype == 'int32' or isinstance(data__columns__BBOXY0__datatype, str) and data__columns__BBOXY0__datatype == 'int64' or isinstance(data__columns__BBOXY0__datatype, str) and data__columns__BBOXY0__datatype == 'uint8' or isinstance(data__columns__BBOXY0__datatype, str) and data__columns__BBOXY0__datatype == 'uint16' or isinstance(data__columns__BBOXY0__datatype, str) and data__columns__BBOXY0__datatype == 'uint32' or isinstance(data__columns__BBOXY0__datatype, str) and data__columns__BBOXY0__datatype == 'uint64'):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.BBOX_Y0.datatype must be one of ['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64']")
                if "BBOX_DX" in data__columns_keys:
                    data__columns_keys.remove("BBOX_DX")
                    data__columns__BBOXDX = data__columns["BBOX_DX"]
                    if not isinstance(data__columns__BBOXDX, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.BBOX_DX must be object")
                    data__columns__BBOXDX_is_dict = isinstance(data__columns__BBOXDX, dict)
                    if data__columns__BBOXDX_is_dict:
                        data__columns__BBOXDX__missing_keys = set(['datatype']) - data__columns__BBOXDX.keys()
                        if data__columns__BBOXDX__missing_keys:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.BBOX_DX must contain " + (str(sorted(data__columns__BBOXDX__missing_keys)) + " properties"))
                        data__columns__BBOXDX_keys = set(data__columns__BBOXDX.keys())
                        if "datatype" in data__columns__BBOXDX_keys:
                            data__columns__BBOXDX_keys.remove("datatype")
                            data__columns__BBOXDX__datatype = data__columns__BBOXDX["datatype"]
                            if not (isinstance(data__columns__BBOXDX__datatype, str) and data__columns__BBOXDX__datatype == 'int8' or isinstance(data__columns__BBOXDX__datatype, str) and data__columns__BBOXDX__datatype == 'int16' or isinstance(data__columns__BBOXDX__datatype, str) and data__columns__BBOXDX__datatype == 'int32' or isinstance(data__columns__BBOXDX__datatype, str) and data__columns__BBOXDX__datatype == 'int64' or isinstance(data__columns__BBOXDX__datatype, str) and data__columns__BBOXDX__datatype == 'uint8' or isinstance(data__columns__BBOXDX__datatype, str) and data__columns__BBOXDX__datatype == 'uint16' or isinstance(data__columns__BBOXDX__datatype, str) and data__columns__BBOXDX__datatype == 'uint32' or isinstance(data__columns__BBOXDX__datatype, str) and data__columns__BBOXDX__datatype == 'uint64'):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.BBOX_DX.datatype must be one of ['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64']")
                if "BBOX_DY" in data__columns_keys:
                    data__columns_keys.remove("BBOX_DY")
                    data__columns__BBOXDY = data__columns["BBOX_DY"]
                    if not isinstance(data__columns__BBOXDY, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.BBOX_DY must be object")
                    data__columns__BBOXDY_is_dict = isinstance(data__columns__BBOXDY, dict)
                    if data__columns__BBOXDY_is_dict:
                        data__columns__BBOXDY__missing_keys = set(['datatype']) - data__columns__BBOXDY.keys()
                        if data__columns__BBOXDY__missing_keys:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.BBOX_DY must contain " + (str(sorted(data__columns__BBOXDY__missing_keys)) + " properties"))
                        data__columns__BBOXDY_keys = set(data__columns__BBOXDY.keys())
                        if "datatype" in data__columns__BBOXDY_keys:
                            data__columns__BBOXDY_keys.remove("datatype")
                            data__columns__BBOXDY__datatype = data__columns__BBOXDY["datatype"]
                            if not (isinstance(data__columns__BBOXDY__datatype, str) and data__columns__BBOXDY__datatype == 'int8' or isinstance(data__columns__BBOXDY__datatype, str) and data__columns__BBOXDY__datatype == 'int16' or isinstance(data__columns__BBOXDY__datatype, str) and data__columns__BBOXDY__datatype == 'int32' or isinstance(data__columns__BBOXDY__datatype, str) and data__columns__BBOXDY__datatype == 'int64' or isinstance(data__columns__BBOXDY__datatype, str) and data__columns__BBOXDY__datatype == 'uint8' or isinstance(data__columns__BBOXDY__datatype, str) and data__columns__BBOXDY__datatype == 'uint16' or isinstance(data__columns__BBOXDY__datatype, str) and data__columns__BBOXDY__datatype == 'uint32' or isinstance(data__columns__BBOXDY__datatype, str) and data__columns__BBOXDY__datatype == 'uint64'):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns.BBOX_DY.datatype must be one of ['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64']")
                for data__columns_key in data__columns_keys:
                    if data__columns_key not in ['AMPLIFIER_NAME', 'TYPE', 'BBOX_X0', 'BBOX_Y0', 'BBOX_DX', 'BBOX_DY']:
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
                data__tree__missing_keys = set(['metadata', 'amplifiers']) - data__tree.keys()
                if data__tree__missing_keys:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree must contain " + (str(sorted(data__tree__missing_keys)) + " properties"))
                data__tree_keys = set(data__tree.keys())
                if "metadata" in data__tree_keys:
                    data__tree_keys.remove("metadata")
                    data__tree__metadata = data__tree["metadata"]
                    if not isinstance(data__tree__metadata, (dict, NoneType)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.metadata must be object or null")
                if "amplifiers" in data__tree_keys:
                    data__tree_keys.remove("amplifiers")
                    data__tree__amplifiers = data__tree["amplifiers"]
                    if not isinstance(data__tree__amplifiers, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.amplifiers must be object")
                    data__tree__amplifiers_is_dict = isinstance(data__tree__amplifiers, dict)
                    if data__tree__amplifiers_is_dict:
                        data__tree__amplifiers_len = len(data__tree__amplifiers)
                        if data__tree__amplifiers_len < 1:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.amplifiers must contain at least 1 properties")
                        data__tree__amplifiers_keys = set(data__tree__amplifiers.keys())
                        for data__tree__amplifiers_key in data__tree__amplifiers_keys:
                            if data__tree__amplifiers_key not in []:
                                data__tree__amplifiers_value = data__tree__amplifiers.get(data__tree__amplifiers_key)
                                if not isinstance(data__tree__amplifiers_value, (dict)):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.amplifiers.{data__tree__amplifiers_key}".format(**locals()) + " must be object")
                                data__tree__amplifiers_value_is_dict = isinstance(data__tree__amplifiers_value, dict)
                                if data__tree__amplifiers_value_is_dict:
                                    data__tree__amplifiers_value__missing_keys = set(['linearityType', 'linearityCoeffs']) - data__tree__amplifiers_value.keys()
                                    if data__tree__amplifiers_value__missing_keys:
                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.amplifiers.{data__tree__amplifiers_key}".format(**locals()) + " must contain " + (str(sorted(data__tree__amplifiers_value__missing_keys)) + " properties"))
                                    data__tree__amplifiers_value_keys = set(data__tree__amplifiers_value.keys())
                                    if "linearityType" in data__tree__amplifiers_value_keys:
                                        data__tree__amplifiers_value_keys.remove("linearityType")
                                        data__tree__amplifiers_value__linearityType = data__tree__amplifiers_value["linearityType"]
                                        if not (isinstance(data__tree__amplifiers_value__linearityType, str) and data__tree__amplifiers_value__linearityType == 'LookupTable' or isinstance(data__tree__amplifiers_value__linearityType, str) and data__tree__amplifiers_value__linearityType == 'Squared' or isinstance(data__tree__amplifiers_value__linearityType, str) and data__tree__amplifiers_value__linearityType == 'Polynomial' or isinstance(data__tree__amplifiers_value__linearityType, str) and data__tree__amplifiers_value__linearityType == 'Proportional' or isinstance(data__tree__amplifiers_value__linearityType, str) and data__tree__amplifiers_value__linearityType == 'Spline' or isinstance(data__tree__amplifiers_value__linearityType, str) and data__tree__amplifiers_value__linearityType == 'DoubleSpline' or isinstance(data__tree__amplifiers_value__linearityType, str) and data__tree__amplifiers_value__linearityType == 'None'):
                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.amplifiers.{data__tree__amplifiers_key}.linearityType".format(**locals()) + " must be one of ['LookupTable', 'Squared', 'Polynomial', 'Proportional', 'Spline', 'DoubleSpline', 'None']")
                                    if "linearityCoeffs" in data__tree__amplifiers_value_keys:
                                        data__tree__amplifiers_value_keys.remove("linearityCoeffs")
                                        data__tree__amplifiers_value__linearityCoeffs = data__tree__amplifiers_value["linearityCoeffs"]
                                        if not isinstance(data__tree__amplifiers_value__linearityCoeffs, (list, tuple)):
                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.amplifiers.{data__tree__amplifiers_key}.linearityCoeffs".format(**locals()) + " must be array")
                                        data__tree__amplifiers_value__linearityCoeffs_is_list = isinstance(data__tree__amplifiers_value__linearityCoeffs, (list, tuple))
                                        if data__tree__amplifiers_value__linearityCoeffs_is_list:
                                            data__tree__amplifiers_value__linearityCoeffs_len = len(data__tree__amplifiers_value__linearityCoeffs)
                                            for data__tree__amplifiers_value__linearityCoeffs_x, data__tree__amplifiers_value__linearityCoeffs_item in enumerate(data__tree__amplifiers_value__linearityCoeffs):
                                                if not isinstance(data__tree__amplifiers_value__linearityCoeffs_item, (int, float)) or isinstance(data__tree__amplifiers_value__linearityCoeffs_item, bool):
                                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.amplifiers.{data__tree__amplifiers_key}.linearityCoeffs[{data__tree__amplifiers_value__linearityCoeffs_x}]".format(**locals()) + " must be number")
                                    if "linearityBBox" in data__tree__amplifiers_value_keys:
                                        data__tree__amplifiers_value_keys.remove("linearityBBox")
                                        data__tree__amplifiers_value__linearityBBox = data__tree__amplifiers_value["linearityBBox"]
                                        data__tree__amplifiers_value__linearityBBox_any_of_count1 = 0
                                        if not data__tree__amplifiers_value__linearityBBox_any_of_count1:
                                            try:
                                                if not isinstance(data__tree__amplifiers_value__linearityBBox, (NoneType)):
                                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.amplifiers.{data__tree__amplifiers_key}.linearityBBox".format(**locals()) + " must be null")
                                                data__tree__amplifiers_value__linearityBBox_any_of_count1 += 1
                                            except JsonSchemaValueException: pass
                                        if not data__tree__amplifiers_value__linearityBBox_any_of_count1:
                                            try:
                                                if not isinstance(data__tree__amplifiers_value__linearityBBox, (dict)):
                                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.amplifiers.{data__tree__amplifiers_key}.linearityBBox".format(**locals()) + " must be object")
                                                data__tree__amplifiers_value__linearityBBox_is_dict = isinstance(data__tree__amplifiers_value__linearityBBox, dict)
                                                if data__tree__amplifiers_value__linearityBBox_is_dict:
                                                    data__tree__amplifiers_value__linearityBBox__missing_keys = set(['x0', 'y0', 'x1', 'y1']) - data__tree__amplifiers_value__linearityBBox.keys()
                                                    if data__tree__amplifiers_value__linearityBBox__missing_keys:
                                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.amplifiers.{data__tree__amplifiers_key}.linearityBBox".format(**locals()) + " must contain " + (str(sorted(data__tree__amplifiers_value__linearityBBox__missing_keys)) + " properties"))
                                                    data__tree__amplifiers_value__linearityBBox_keys = set(data__tree__amplifiers_value__linearityBBox.keys())
                                                    if "x0" in data__tree__amplifiers_value__linearityBBox_keys:
                                                        data__tree__amplifiers_value__linearityBBox_keys.remove("x0")
                                                        data__tree__amplifiers_value__linearityBBox__x0 = data__tree__amplifiers_value__linearityBBox["x0"]
                                                        if not isinstance(data__tree__amplifiers_value__linearityBBox__x0, (int)) and not (isinstance(data__tree__amplifiers_value__linearityBBox__x0, float) and data__tree__amplifiers_value__linearityBBox__x0.is_integer()) or isinstance(data__tree__amplifiers_value__linearityBBox__x0, bool):
                                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.amplifiers.{data__tree__amplifiers_key}.linearityBBox.x0".format(**locals()) + " must be integer")
                                                    if "y0" in data__tree__amplifiers_value__linearityBBox_keys:
                                                        data__tree__amplifiers_value__linearityBBox_keys.remove("y0")
                                                        data__tree__amplifiers_value__linearityBBox__y0 = data__tree__amplifiers_value__linearityBBox["y0"]
                                                        if not isinstance(data__tree__amplifiers_value__linearityBBox__y0, (int)) and not (isinstance(data__tree__amplifiers_value__linearityBBox__y0, float) and data__tree__amplifiers_value__linearityBBox__y0.is_integer()) or isinstance(data__tree__amplifiers_value__linearityBBox__y0, bool):
                                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.amplifiers.{data__tree__amplifiers_key}.linearityBBox.y0".format(**locals()) + " must be integer")
                                                    if "x1" in data__tree__amplifiers_value__linearityBBox_keys:
                                                        data__tree__amplifiers_value__linearityBBox_keys.remove("x1")
                                                        data__tree__amplifiers_value__linearityBBox__x1 = data__tree__amplifiers_value__linearityBBox["x1"]
                                                        if not isinstance(data__tree__amplifiers_value__linearityBBox__x1, (int)) and not (isinstance(data__tree__amplifiers_value__linearityBBox__x1, float) and data__tree__amplifiers_value__linearityBBox__x1.is_integer()) or isinstance(data__tree__amplifiers_value__linearityBBox__x1, bool):
                                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.amplifiers.{data__tree__amplifiers_key}.linearityBBox.x1".format(**locals()) + " must be integer")
                                                    if "y1" in data__tree__amplifiers_value__linearityBBox_keys:
                                                        data__tree__amplifiers_value__linearityBBox_keys.remove("y1")
                                                        data__tree__amplifiers_value__linearityBBox__y1 = data__tree__amplifiers_value__linearityBBox["y1"]
                                                        if not isinstance(data__tree__amplifiers_value__linearityBBox__y1, (int)) and not (isinstance(data__tree__amplifiers_value__linearityBBox__y1, float) and data__tree__amplifiers_value__linearityBBox__y1.is_integer()) or isinstance(data__tree__amplifiers_value__linearityBBox__y1, bool):
                                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.amplifiers.{data__tree__amplifiers_key}.linearityBBox.y1".format(**locals()) + " must be integer")
                                                data__tree__amplifiers_value__linearityBBox_any_of_count1 += 1
                                            except JsonSchemaValueException: pass
                                        if not data__tree__amplifiers_value__linearityBBox_any_of_count1:
                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.amplifiers.{data__tree__amplifiers_key}.linearityBBox".format(**locals()) + " cannot be validated by any definition")
                                    if "fitParams" in data__tree__amplifiers_value_keys:
                                        data__tree__amplifiers_value_keys.remove("fitParams")
                                        data__tree__amplifiers_value__fitParams = data__tree__amplifiers_value["fitParams"]
                                        if not isinstance(data__tree__amplifiers_value__fitParams, (list, tuple)):
                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.amplifiers.{data__tree__amplifiers_key}.fitParams".format(**locals()) + " must be array")
                                        data__tree__amplifiers_value__fitParams_is_list = isinstance(data__tree__amplifiers_value__fitParams, (list, tuple))
                                        if data__tree__amplifiers_value__fitParams_is_list:
                                            data__tree__amplifiers_value__fitParams_len = len(data__tree__amplifiers_value__fitParams)
                                            for data__tree__amplifiers_value__fitParams_x, data__tree__amplifiers_value__fitParams_item in enumerate(data__tree__amplifiers_value__fitParams):
                                                if not isinstance(data__tree__amplifiers_value__fitParams_item, (int, float)) or isinstance(data__tree__amplifiers_value__fitParams_item, bool):
                                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.amplifiers.{data__tree__amplifiers_key}.fitParams[{data__tree__amplifiers_value__fitParams_x}]".format(**locals()) + " must be number")
                                    if "fitParamsErr" in data__tree__amplifiers_value_keys:
                                        data__tree__amplifiers_value_keys.remove("fitParamsErr")
                                        data__tree__amplifiers_value__fitParamsErr = data__tree__amplifiers_value["fitParamsErr"]
                                        if not isinstance(data__tree__amplifiers_value__fitParamsErr, (list, tuple)):
                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.amplifiers.{data__tree__amplifiers_key}.fitParamsErr".format(**locals()) + " must be array")
                                        data__tree__amplifiers_value__fitParamsErr_is_list = isinstance(data__tree__amplifiers_value__fitParamsErr, (list, tuple))
                                        if data__tree__amplifiers_value__fitParamsErr_is_list:
                                            data__tree__amplifiers_value__fitParamsErr_len = len(data__tree__amplifiers_value__fitParamsErr)
                                            for data__tree__amplifiers_value__fitParamsErr_x, data__tree__amplifiers_value__fitParamsErr_item in enumerate(data__tree__amplifiers_value__fitParamsErr):
                                                if not isinstance(data__tree__amplifiers_value__fitParamsErr_item, (int, float)) or isinstance(data__tree__amplifiers_value__fitParamsErr_item, bool):
                                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.amplifiers.{data__tree__amplifiers_key}.fitParamsErr[{data__tree__amplifiers_value__fitParamsErr_x}]".format(**locals()) + " must be number")
                                    if "fitChiSq" in data__tree__amplifiers_value_keys:
                                        data__tree__amplifiers_value_keys.remove("fitChiSq")
                                        data__tree__amplifiers_value__fitChiSq = data__tree__amplifiers_value["fitChiSq"]
                                        if not isinstance(data__tree__amplifiers_value__fitChiSq, (int, float, NoneType)) or isinstance(data__tree__amplifiers_value__fitChiSq, bool):
                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.amplifiers.{data__tree__amplifiers_key}.fitChiSq".format(**locals()) + " must be number or null")
                                    if "fitResiduals" in data__tree__amplifiers_value_keys:
                                        data__tree__amplifiers_value_keys.remove("fitResiduals")
                                        data__tree__amplifiers_value__fitResiduals = data__tree__amplifiers_value["fitResiduals"]
                                        if not isinstance(data__tree__amplifiers_value__fitResiduals, (list, tuple)):
                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.amplifiers.{data__tree__amplifiers_key}.fitResiduals".format(**locals()) + " must be array")
                                        data__tree__amplifiers_value__fitResiduals_is_list = isinstance(data__tree__amplifiers_value__fitResiduals, (list, tuple))
                                        if data__tree__amplifiers_value__fitResiduals_is_list:
                                            data__tree__amplifiers_value__fitResiduals_len = len(data__tree__amplifiers_value__fitResiduals)
                                            for data__tree__amplifiers_value__fitResiduals_x, data__tree__amplifiers_value__fitResiduals_item in enumerate(data__tree__amplifiers_value__fitResiduals):
                                                if not isinstance(data__tree__amplifiers_value__fitResiduals_item, (int, float)) or isinstance(data__tree__amplifiers_value__fitResiduals_item, bool):
                                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.amplifiers.{data__tree__amplifiers_key}.fitResiduals[{data__tree__amplifiers_value__fitResiduals_x}]".format(**locals()) + " must be number")
                                    if "linearFit" in data__tree__amplifiers_value_keys:
                                        data__tree__amplifiers_value_keys.remove("linearFit")
                                        data__tree__amplifiers_value__linearFit = data__tree__amplifiers_value["linearFit"]
                                        if not isinstance(data__tree__amplifiers_value__linearFit, (list, tuple)):
                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.amplifiers.{data__tree__amplifiers_key}.linearFit".format(**locals()) + " must be array")
                                        data__tree__amplifiers_value__linearFit_is_list = isinstance(data__tree__amplifiers_value__linearFit, (list, tuple))
                                        if data__tree__amplifiers_value__linearFit_is_list:
                                            data__tree__amplifiers_value__linearFit_len = len(data__tree__amplifiers_value__linearFit)
                                            for data__tree__amplifiers_value__linearFit_x, data__tree__amplifiers_value__linearFit_item in enumerate(data__tree__amplifiers_value__linearFit):
                                                if not isinstance(data__tree__amplifiers_value__linearFit_item, (int, float)) or isinstance(data__tree__amplifiers_value__linearFit_item, bool):
                                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.amplifiers.{data__tree__amplifiers_key}.linearFit[{data__tree__amplifiers_value__linearFit_x}]".format(**locals()) + " must be number")
                                    for data__tree__amplifiers_value_key in data__tree__amplifiers_value_keys:
                                        if data__tree__amplifiers_value_key not in ['linearityType', 'linearityCoeffs', 'linearityBBox', 'fitParams', 'fitParamsErr', 'fitChiSq', 'fitResiduals', 'linearFit']:
                                            data__tree__amplifiers_value_value = data__tree__amplifiers_value.get(data__tree__amplifiers_value_key)
                                            if not isinstance(data__tree__amplifiers_value_value, (str, int, float, bool, NoneType, list, tuple)):
                                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.amplifiers.{data__tree__amplifiers_key}.{data__tree__amplifiers_value_key}".format(**locals()) + " must be string or number or boolean or null or array")
                                            data__tree__amplifiers_value_value_is_list = isinstance(data__tree__amplifiers_value_value, (list, tuple))
                                            if data__tree__amplifiers_value_value_is_list:
                                                data__tree__amplifiers_value_value_len = len(data__tree__amplifiers_value_value)
                                                for data__tree__amplifiers_value_value_x, data__tree__amplifiers_value_value_item in enumerate(data__tree__amplifiers_value_value):
                                                    if not isinstance(data__tree__amplifiers_value_value_item, (int, float, bool)):
                                                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.amplifiers.{data__tree__amplifiers_key}.{data__tree__amplifiers_value_key}[{data__tree__amplifiers_value_value_x}]".format(**locals()) + " must be number or boolean")
                if "tableData" in data__tree_keys:
                    data__tree_keys.remove("tableData")
                    data__tree__tableData = data__tree["tableData"]
                    if not isinstance(data__tree__tableData, (list, tuple, NoneType)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.tableData must be array or null")
                    data__tree__tableData_is_list = isinstance(data__tree__tableData, (list, tuple))
                    if data__tree__tableData_is_list:
                        data__tree__tableData_len = len(data__tree__tableData)
                        for data__tree__tableData_x, data__tree__tableData_item in enumerate(data__tree__tableData):
                            if not isinstance(data__tree__tableData_item, (list, tuple)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.tableData[{data__tree__tableData_x}]".format(**locals()) + " must be array")
                            data__tree__tableData_item_is_list = isinstance(data__tree__tableData_item, (list, tuple))
                            if data__tree__tableData_item_is_list:
                                data__tree__tableData_item_len = len(data__tree__tableData_item)
                                if data__tree__tableData_item_len < 1:
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.tableData[{data__tree__tableData_x}]".format(**locals()) + " must contain at least 1 items")
                if "hasTable" in data__tree_keys:
                    data__tree_keys.remove("hasTable")
                    data__tree__hasTable = data__tree["hasTable"]
                    if not isinstance(data__tree__hasTable, (bool)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.hasTable must be boolean")
                if "hasLinearity" in data__tree_keys:
                    data__tree_keys.remove("hasLinearity")
                    data__tree__hasLinearity = data__tree["hasLinearity"]
                    if not isinstance(data__tree__hasLinearity, (bool)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.hasLinearity must be boolean")
                if "detectorId" in data__tree_keys:
                    data__tree_keys.remove("detectorId")
                    data__tree__detectorId = data__tree["detectorId"]
                    if not isinstance(data__tree__detectorId, (int, NoneType)) and not (isinstance(data__tree__detectorId, float) and data__tree__detectorId.is_integer()) or isinstance(data__tree__detectorId, bool):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.detectorId must be integer or null")
                if "detectorName" in data__tree_keys:
                    data__tree_keys.remove("detectorName")
                    data__tree__detectorName = data__tree["detectorName"]
                    if not isinstance(data__tree__detectorName, (str, NoneType)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.detectorName must be string or null")
                if "detectorSerial" in data__tree_keys:
                    data__tree_keys.remove("detectorSerial")
                    data__tree__detectorSerial = data__tree["detectorSerial"]
                    validate___definitions_header_definitions_serial(data__tree__detectorSerial, custom_formats, (name_prefix or "data") + ".tree.detectorSerial")
                for data__tree_key in data__tree_keys:
                    if data__tree_key not in ['metadata', 'amplifiers', 'tableData', 'hasTable', 'hasLinearity', 'detectorId', 'detectorName', 'detectorSerial']:
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
    return data

def validate___definitions_header_definitions_serial(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (str, int, NoneType)) and not (isinstance(data, float) and data.is_integer()) or isinstance(data, bool):
        raise JsonSchemaValueException("" + (name_prefix or "data") + " must be string or integer or null")
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

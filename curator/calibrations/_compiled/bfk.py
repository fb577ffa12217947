# fmt: off
# ruff: noqa
# mypy: ignore-errors
"""Made from schemas/bfk.schema.json."""
from curator.calibrations._compiled import JsonSchemaValueException, Patterns

REGEX_PATTERNS = Patterns({
    '^(bfk|BFK)_(SCHEMA|schema)$': '^(bfk|BFK)_(SCHEMA|schema)$',
    '^(bfk|BFK)_(SCHEMA_VERSION|VERSION|version)$': '^(bfk|BFK)_(SCHEMA_VERSION|VERSION|version)$',
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
                if "LEVEL" in data__header_keys:
                    data__header_keys.remove("LEVEL")
                    data__header__LEVEL = data__header["LEVEL"]
                    if not (isinstance(data__header__LEVEL, str) and data__header__LEVEL == 'AMP' or isinstance(data__header__LEVEL, str) and data__header__LEVEL == 'DETECTOR'):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.LEVEL must be one of ['AMP', 'DETECTOR']")
                if "KERNEL_DX" in data__header_keys:
                    data__header_keys.remove("KERNEL_DX")
                    data__header__KERNELDX = data__header["KERNEL_DX"]
                    if not isinstance(data__header__KERNELDX, (int)) and not (isinstance(data__header__KERNELDX, float) and data__header__KERNELDX.is_integer()) or isinstance(data__header__KERNELDX, bool):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.KERNEL_DX must be integer")
                    if isinstance(data__header__KERNELDX, (int, float)) and not isinstance(data__header__KERNELDX, bool):
                        if data__header__KERNELDX < 1:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.KERNEL_DX must be bigger than or equal to 1")
                if "KERNEL_DY" in data__header_keys:
                    data__header_keys.remove("KERNEL_DY")
                    data__header__KERNELDY = data__header["KERNEL_DY"]
                    if not isinstance(data__header__KERNELDY, (int)) and not (isinstance(data__header__KERNELDY, float) and data__header__KERNELDY.is_integer()) or isinstance(data__header__KERNELDY, bool):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.KERNEL_DY must be integer")
                    if isinstance(data__header__KERNELDY, (int, float)) and not isinstance(data__header__KERNELDY, bool):
                        if data__header__KERNELDY < 1:
                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".header.KERNEL_DY must be bigger than or equal to 1")
                for data__header_key, data__header_val in data__header.items():
                    if REGEX_PATTERNS['^(bfk|BFK)_(SCHEMA|schema)$'].search(data__header_key):
                        if data__header_key in data__header_keys:
                            data__header_keys.remove(data__header_key)
                        validate___definitions_header_definitions_schema(data__header_val, custom_formats, (name_prefix or "data") + ".header.{data__header_key}".format(**locals()))
                    if REGEX_PATTERNS['^(bfk|BFK)_(SCHEMA_VERSION|VERSION|version)$'].search(data__header_key):
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
                data__columns__missing_keys = set(['AMPLIFIER', 'KERNEL', 'VALID', 'GAIN', 'NOISE', 'RAW_XCORRS', 'MEAN_XCORRS']) - data__columns.keys()
                if data__columns__missing_keys:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".columns must contain " + (str(sorted(data__columns__missing_keys)) + " properties"))
                data__columns_keys = set(data__columns.keys())
                for data__columns_key in data__columns_keys:
                    if data__columns_key not in []:
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
                data__tree__missing_keys = set(['metadata', 'ampKernels', 'detKernels']) - data__tree.keys()
                if data__tree__missing_keys:
                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree must contain " + (str(sorted(data__tree__missing_keys)) + " properties"))
                data__tree_keys = set(data__tree.keys())
                if "metadata" in data__tree_keys:
                    data__tree_keys.remove("metadata")
                    data__tree__metadata = data__tree["metadata"]
                    if not isinstance(data__tree__metadata, (dict, NoneType)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.metadata must be object or null")
                if "ampKernels" in data__tree_keys:
                    data__tree_keys.remove("ampKernels")
                    data__tree__ampKernels = data__tree["ampKernels"]
                    if not isinstance(data__tree__ampKernels, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.ampKernels must be object")
                    data__tree__ampKernels_is_dict = isinstance(data__tree__ampKernels, dict)
                    if data__tree__ampKernels_is_dict:
                        data__tree__ampKernels_keys = set(data__tree__ampKernels.keys())
                        for data__tree__ampKernels_key in data__tree__ampKernels_keys:
                            if data__tree__ampKernels_key not in []:
                                data__tree__ampKernels_value = data__tree__ampKernels.get(data__tree__ampKernels_key)
                                if not isinstance(data__tree__ampKernels_value, (list, tuple)):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.ampKernels.{data__tree__ampKernels_key}".format(**locals()) + " must be array")
                                data__tree__ampKernels_value_is_list = isinstance(data__tree__ampKernels_value, (list, tuple))
                                if data__tree__ampKernels_value_is_list:
                                    data__tree__ampKernels_value_len = len(data__tree__ampKernels_value)
                                    for data__tree__ampKernels_value_x, data__tree__ampKernels_value_item in enumerate(data__tree__ampKernels_value):
                                        if not isinstance(data__tree__ampKernels_value_item, (int, float, bool, list, tuple)):
                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.ampKernels.{data__tree__ampKernels_key}[{data__tree__ampKernels_value_x}]".format(**locals()) + " must be number or boolean or array")
                                        data__tree__ampKernels_value_item_is_list = isinstance(data__tree__ampKernels_value_item, (list, tuple))
                                        if data__tree__ampKernels_value_item_is_list:
                                            data__tree__ampKernels_value_item_len = len(data__tree__ampKernels_value_item)
                                            for data__tree__ampKernels_value_item_x, data__tree__ampKernels_value_item_item in enumerate(data__tree__ampKernels_value_item):
                                                if not isinstance(data__tree__ampKernels_value_item_item, (int, float, bool)):
                                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.ampKernels.{data__tree__ampKernels_key}[{data__tree__ampKernels_value_x}][{data__tree__ampKernels_value_item_x}]".format(**locals()) + " must be number or boolean")
                if "detKernels" in data__tree_keys:
                    data__tree_keys.remove("detKernels")
                    data__tree__detKernels = data__tree["detKernels"]
                    if not isinstance(data__tree__detKernels, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.detKernels must be object")
                    data__tree__detKernels_is_dict = isinstance(data__tree__detKernels, dict)
                    if data__tree__detKernels_is_dict:
                        data__tree__detKernels_keys = set(data__tree__detKernels.keys())
                        for data__tree__detKernels_key in data__tree__detKernels_keys:
                            if data__tree__detKernels_key not in []:
                                data__tree__detKernels_value = data__tree__detKernels.get(data__tree__detKernels_key)
                                if not isinstance(data__tree__detKernels_value, (list, tuple)):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.detKernels.{data__tree__detKernels_key}".format(**locals()) + " must be array")
                                data__tree__detKernels_value_is_list = isinstance(data__tree__detKernels_value, (list, tuple))
                                if data__tree__detKernels_value_is_list:
                                    data__tree__detKernels_value_len = len(data__tree__detKernels_value)
                                    for data__tree__detKernels_value_x, data__tree__detKernels_value_item in enumerate(data__tree__detKernels_value):
                                        if not isinstance(data__tree__detKernels_value_item, (int, float, bool, list, tuple)):
                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.detKernels.{data__tree__detKernels_key}[{data__tree__detKernels_value_x}]".format(**locals()) + " must be number or boolean or array")
                                        data__tree__detKernels_value_item_is_list = isinstance(data__tree__detKernels_value_item, (list, tuple))
                                        if data__tree__detKernels_value_item_is_list:
                                            data__tree__detKernels_value_item_len = len(data__tree__detKernels_value_item)
                                            for data__tree__detKernels_value_item_x, data__tree__detKernels_value_item_item in enumerate(data__tree__detKernels_value_item):
                                                if not isinstance(data__tree__detKernels_value_item_item, (int, float, bool)):
                                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.detKernels.{data__tree__detKernels_key}[{data__tree__detKernels_value_x}][{data__tree__detKernels_value_item_x}]".format(**locals()) + " must be number or boolean")
                if "means" in data__tree_keys:
                    data__tree_keys.remove("means")
                    data__tree__means = data__tree["means"]
                    if not isinstance(data__tree__means, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.means must be object")
                    data__tree__means_is_dict = isinstance(data__tree__means, dict)
                    if data__tree__means_is_dict:
                        data__tree__means_keys = set(data__tree__means.keys())
                        for data__tree__means_key in data__tree__means_keys:
                            if data__tree__means_key not in []:
                                data__tree__means_value = data__tree__means.get(data__tree__means_key)
                                if not isinstance(data__tree__means_value, (list, tuple)):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.means.{data__tree__means_key}".format(**locals()) + " must be array")
                                data__tree__means_value_is_list = isinstance(data__tree__means_value, (list, tuple))
                                if data__tree__means_value_is_list:
                                    data__tree__means_value_len = len(data__tree__means_value)
                                    for data__tree__means_value_x, data__tree__means_value_item in enumerate(data__tree__means_value):
                                        if not isinstance(data__tree__means_value_item, (int, float, bool, list, tuple)):
                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.means.{data__tree__means_key}[{data__tree__means_value_x}]".format(**locals()) + " must be number or boolean or array")
                                        data__tree__means_value_item_is_list = isinstance(data__tree__means_value_item, (list, tuple))
                                        if data__tree__means_value_item_is_list:
                                            data__tree__means_value_item_len = len(data__tree__means_value_item)
                                            for data__tree__means_value_item_x, data__tree__means_value_item_item in enumerate(data__tree__means_value_item):
                                                if not isinstance(data__tree__means_value_item_item, (int, float, bool)):
                                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.means.{data__tree__means_key}[{data__tree__means_value_x}][{data__tree__means_value_item_x}]".format(**locals()) + " must be number or boolean")
                if "variances" in data__tree_keys:
                    data__tree_keys.remove("variances")
                    data__tree__variances = data__tree["variances"]
                    if not isinstance(data__tree__variances, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.variances must be object")
                    data__tree__variances_is_dict = isinstance(data__tree__variances, dict)
                    if data__tree__variances_is_dict:
                        data__tree__variances_keys = set(data__tree__variances.keys())
                        for data__tree__variances_key in data__tree__variances_keys:
                            if data__tree__variances_key not in []:
                                data__tree__variances_value = data__tree__variances.get(data__tree__variances_key)
                                if not isinstance(data__tree__variances_value, (list, tuple)):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.variances.{data__tree__variances_key}".format(**locals()) + " must be array")
                                data__tree__variances_value_is_list = isinstance(data__tree__variances_value, (list, tuple))
                                if data__tree__variances_value_is_list:
                                    data__tree__variances_value_len = len(data__tree__variances_value)
                                    for data__tree__variances_value_x, data__tree__variances_value_item in enumerate(data__tree__variances_value):
                                        if not isinstance(data__tree__variances_value_item, (int, float, bool, list, tuple)):
                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.variances.{data__tree__variances_key}[{data__tree__variances_value_x}]".format(**locals()) + " must be number or boolean or array")
                                        data__tree__variances_value_item_is_list = isinstance(data__tree__variances_value_item, (list, tuple))
                                        if data__tree__variances_value_item_is_list:
                                            data__tree__variances_value_item_len = len(data__tree__variances_value_item)
                                            for data__tree__variances_value_item_x, data__tree__variances_value_item_item in enumerate(data__tree__variances_value_item):
                                                if not isinstance(data__tree__variances_value_item_item, (int, float, bool)):
                                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.variances.{data__tree__variances_key}[{data__tree__variances_value_x}][{data__tree__variances_value_item_x}]".format(**locals()) + " must be number or boolean")
                if "rawMeans" in data__tree_keys:
                    data__tree_keys.remove("rawMeans")
                    data__tree__rawMeans = data__tree["rawMeans"]
                    if not isinstance(data__tree__rawMeans, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.rawMeans must be object")
                    data__tree__rawMeans_is_dict = isinstance(data__tree__rawMeans, dict)
                    if data__tree__rawMeans_is_dict:
                        data__tree__rawMeans_keys = set(data__tree__rawMeans.keys())
                        for data__tree__rawMeans_key in data__tree__rawMeans_keys:
                            if data__tree__rawMeans_key not in []:
                                data__tree__rawMeans_value = data__tree__rawMeans.get(data__tree__rawMeans_key)
                                if not isinstance(data__tree__rawMeans_value, (list, tuple)):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.rawMeans.{data__tree__rawMeans_key}".format(**locals()) + " must be array")
                                data__tree__rawMeans_value_is_list = isinstance(data__tree__rawMeans_value, (list, tuple))
                                if data__tree__rawMeans_value_is_list:
                                    data__tree__rawMeans_value_len = len(data__tree__rawMeans_value)
                                    for data__tree__rawMeans_value_x, data__tree__rawMeans_value_item in enumerate(data__tree__rawMeans_value):
                                        if not isinstance(data__tree__rawMeans_value_item, (int, float, bool, list, tuple)):
                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.rawMeans.{data__tree__rawMeans_key}[{data__tree__rawMeans_value_x}]".format(**locals()) + " must be number or boolean or array")
                                        data__tree__rawMeans_value_item_is_list = isinstance(data__tree__rawMeans_value_item, (list, tuple))
                                        if data__tree__rawMeans_value_item_is_list:
                                            data__tree__rawMeans_value_item_len = len(data__tree__rawMeans_value_item)
                                            for data__tree__rawMeans_value_item_x, data__tree__rawMeans_value_item_item in enumerate(data__tree__rawMeans_value_item):
                                                if not isinstance(data__tree__rawMeans_value_item_item, (int, float, bool)):
                                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.rawMeans.{data__tree__rawMeans_key}[{data__tree__rawMeans_value_x}][{data__tree__rawMeans_value_item_x}]".format(**locals()) + " must be number or boolean")
                if "rawVariances" in data__tree_keys:
                    data__tree_keys.remove("rawVariances")
                    data__tree__rawVariances = data__tree["rawVariances"]
                    if not isinstance(data__tree__rawVariances, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.rawVariances must be object")
                    data__tree__rawVariances_is_dict = isinstance(data__tree__rawVariances, dict)
                    if data__tree__rawVariances_is_dict:
                        data__tree__rawVariances_keys = set(data__tree__rawVariances.keys())
                        for data__tree__rawVariances_key in data__tree__rawVariances_keys:
                            if data__tree__rawVariances_key not in []:
                                data__tree__rawVariances_value = data__tree__rawVariances.get(data__tree__rawVariances_key)
                                if not isinstance(data__tree__rawVariances_value, (list, tuple)):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.rawVariances.{data__tree__rawVariances_key}".format(**locals()) + " must be array")
                                data__tree__rawVariances_value_is_list = isinstance(data__tree__rawVariances_value, (list, tuple))
                                if data__tree__rawVariances_value_is_list:
                                    data__tree__rawVariances_value_len = len(data__tree__rawVariances_value)
                                    for data__tree__rawVariances_value_x, data__tree__rawVariances_value_item in enumerate(data__tree__rawVariances_value):
                                        if not isinstance(data__tree__rawVariances_value_item, (int, float, bool, list, tuple)):
                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.rawVariances.{data__tree__rawVariances_key}[{data__tree__rawVariances_value_x}]".format(**locals()) + " must be number or boolean or array")
                                        data__tree__rawVariances_value_item_is_list = isinstance(data__tree__rawVariances_value_item, (list, tuple))
                                        if data__tree__rawVariances_value_item_is_list:
                                            data__tree__rawVariances_value_item_len = len(data__tree__rawVariances_value_item)
                                            for data__tree__rawVariances_value_item_x, data__tree__rawVariances_value_item_item in enumerate(data__tree__rawVariances_value_item):
                                                if not isinstance(data__tree__rawVariances_value_item_item, (int, float, bool)):
                                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.rawVariances.{data__tree__rawVariances_key}[{data__tree__rawVariances_value_x}][{data__tree__rawVariances_value_item_x}]".format(**locals()) + " must be number or boolean")
                if "rawXcorrs" in data__tree_keys:
                    data__tree_keys.remove("rawXcorrs")
                    data__tree__rawXcorrs = data__tree["rawXcorrs"]
                    if not isinstance(data__tree__rawXcorrs, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.rawXcorrs must be object")
                    data__tree__rawXcorrs_is_dict = isinstance(data__tree__rawXcorrs, dict)
                    if data__tree__rawXcorrs_is_dict:
                        data__tree__rawXcorrs_keys = set(data__tree__rawXcorrs.keys())
                        for data__tree__rawXcorrs_key in data__tree__rawXcorrs_keys:
                            if data__tree__rawXcorrs_key not in []:
                                data__tree__rawXcorrs_value = data__tree__rawXcorrs.get(data__tree__rawXcorrs_key)
                                if not isinstance(data__tree__rawXcorrs_value, (list, tuple)):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.rawXcorrs.{data__tree__rawXcorrs_key}".format(**locals()) + " must be array")
                                data__tree__rawXcorrs_value_is_list = isinstance(data__tree__rawXcorrs_value, (list, tuple))
                                if data__tree__rawXcorrs_value_is_list:
                                    data__tree__rawXcorrs_value_len = len(data__tree__rawXcorrs_value)
                                    for data__tree__rawXcorrs_value_x, data__tree__rawXcorrs_value_item in enumerate(data__tree__rawXcorrs_value):
                                        if not isinstance(data__tree__rawXcorrs_value_item, (int, float, bool, list, tuple)):
                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.rawXcorrs.{data__tree__rawXcorrs_key}[{data__tree__rawXcorrs_value_x}]".format(**locals()) + " must be number or boolean or array")
                                        data__tree__rawXcorrs_value_item_is_list = isinstance(data__tree__rawXcorrs_value_item, (list, tuple))
                                        if data__tree__rawXcorrs_value_item_is_list:
                                            data__tree__rawXcorrs_value_item_len = len(data__tree__rawXcorrs_value_item)
                                            for data__tree__rawXcorrs_value_item_x, data__tree__rawXcorrs_value_item_item in enumerate(data__tree__rawXcorrs_value_item):
                                                if not isinstance(data__tree__rawXcorrs_value_item_item, (int, float, bool)):
                                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.rawXcorrs.{data__tree__rawXcorrs_key}[{data__tree__rawXcorrs_value_x}][{data__tree__rawXcorrs_value_item_x}]".format(**locals()) + " must be number or boolean")
                if "meanXcorrs" in data__tree_keys:
                    data__tree_keys.remove("meanXcorrs")
                    data__tree__meanXcorrs = data__tree["meanXcorrs"]
                    if not isinstance(data__tree__meanXcorrs, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.meanXcorrs must be object")
                    data__tree__meanXcorrs_is_dict = isinstance(data__tree__meanXcorrs, dict)
                    if data__tree__meanXcorrs_is_dict:
                        data__tree__meanXcorrs_keys = set(data__tree__meanXcorrs.keys())
                        for data__tree__meanXcorrs_key in data__tree__meanXcorrs_keys:
                            if data__tree__meanXcorrs_key not in []:
                                data__tree__meanXcorrs_value = data__tree__meanXcorrs.get(data__tree__meanXcorrs_key)
                                if not isinstance(data__tree__meanXcorrs_value, (list, tuple)):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.meanXcorrs.{data__tree__meanXcorrs_key}".format(**locals()) + " must be array")
                                data__tree__meanXcorrs_value_is_list = isinstance(data__tree__meanXcorrs_value, (list, tuple))
                                if data__tree__meanXcorrs_value_is_list:
                                    data__tree__meanXcorrs_value_len = len(data__tree__meanXcorrs_value)
                                    for data__tree__meanXcorrs_value_x, data__tree__meanXcorrs_value_item in enumerate(data__tree__meanXcorrs_value):
                                        if not isinstance(data__tree__meanXcorrs_value_item, (int, float, bool, list, tuple)):
                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.meanXcorrs.{data__tree__meanXcorrs_key}[{data__tree__meanXcorrs_value_x}]".format(**locals()) + " must be number or boolean or array")
                                        data__tree__meanXcorrs_value_item_is_list = isinstance(data__tree__meanXcorrs_value_item, (list, tuple))
                                        if data__tree__meanXcorrs_value_item_is_list:
                                            data__tree__meanXcorrs_value_item_len = len(data__tree__meanXcorrs_value_item)
                                            for data__tree__meanXcorrs_value_item_x, data__tree__meanXcorrs_value_item_item in enumerate(data__tree__meanXcorrs_value_item):
                                                if not isinstance(data__tree__meanXcorrs_value_item_item, (int, float, bool)):
                                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.meanXcorrs.{data__tree__meanXcorrs_key}[{data__tree__meanXcorrs_value_x}][{data__tree__meanXcorrs_value_item_x}]".format(**locals()) + " must be number or boolean")
                if "expIdMask" in data__tree_keys:
                    data__tree_keys.remove("expIdMask")
                    data__tree__expIdMask = data__tree["expIdMask"]
                    if not isinstance(data__tree__expIdMask, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.expIdMask must be object")
                    data__tree__expIdMask_is_dict = isinstance(data__tree__expIdMask, dict)
                    if data__tree__expIdMask_is_dict:
                        data__tree__expIdMask_keys = set(data__tree__expIdMask.keys())
                        for data__tree__expIdMask_key in data__tree__expIdMask_keys:
                            if data__tree__expIdMask_key not in []:
                                data__tree__expIdMask_value = data__tree__expIdMask.get(data__tree__expIdMask_key)
                                if not isinstance(data__tree__expIdMask_value, (list, tuple)):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.expIdMask.{data__tree__expIdMask_key}".format(**locals()) + " must be array")
                                data__tree__expIdMask_value_is_list = isinstance(data__tree__expIdMask_value, (list, tuple))
                                if data__tree__expIdMask_value_is_list:
                                    data__tree__expIdMask_value_len = len(data__tree__expIdMask_value)
                                    for data__tree__expIdMask_value_x, data__tree__expIdMask_value_item in enumerate(data__tree__expIdMask_value):
                                        if not isinstance(data__tree__expIdMask_value_item, (int, float, bool, list, tuple)):
                                            raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.expIdMask.{data__tree__expIdMask_key}[{data__tree__expIdMask_value_x}]".format(**locals()) + " must be number or boolean or array")
                                        data__tree__expIdMask_value_item_is_list = isinstance(data__tree__expIdMask_value_item, (list, tuple))
                                        if data__tree__expIdMask_value_item_is_list:
                                            data__tree__expIdMask_value_item_len = len(data__tree__expIdMask_value_item)
                                            for data__tree__expIdMask_value_item_x, data__tree__expIdMask_value_item_item in enumerate(data__tree__expIdMask_value_item):
                                                if not isinstance(data__tree__expIdMask_value_item_item, (int, float, bool)):
                                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.expIdMask.{data__tree__expIdMask_key}[{data__tree__expIdMask_value_x}][{data__tree__expIdMask_value_item_x}]".format(**locals()) + " must be number or boolean")
                if "gain" in data__tree_keys:
                    data__tree_keys.remove("gain")
                    data__tree__gain = data__tree["gain"]
                    if not isinstance(data__tree__gain, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.gain must be object")
                    data__tree__gain_is_dict = isinstance(data__tree__gain, dict)
                    if data__tree__gain_is_dict:
                        data__tree__gain_keys = set(data__tree__gain.keys())
                        for data__tree__gain_key in data__tree__gain_keys:
                            if data__tree__gain_key not in []:
                                data__tree__gain_value = data__tree__gain.get(data__tree__gain_key)
                                if not isinstance(data__tree__gain_value, (int, float, NoneType)) or isinstance(data__tree__gain_value, bool):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.gain.{data__tree__gain_key}".format(**locals()) + " must be number or null")
                if "noise" in data__tree_keys:
                    data__tree_keys.remove("noise")
                    data__tree__noise = data__tree["noise"]
                    if not isinstance(data__tree__noise, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.noise must be object")
                    data__tree__noise_is_dict = isinstance(data__tree__noise, dict)
                    if data__tree__noise_is_dict:
                        data__tree__noise_keys = set(data__tree__noise.keys())
                        for data__tree__noise_key in data__tree__noise_keys:
                            if data__tree__noise_key not in []:
                                data__tree__noise_value = data__tree__noise.get(data__tree__noise_key)
                                if not isinstance(data__tree__noise_value, (int, float, NoneType)) or isinstance(data__tree__noise_value, bool):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.noise.{data__tree__noise_key}".format(**locals()) + " must be number or null")
                if "valid" in data__tree_keys:
                    data__tree_keys.remove("valid")
                    data__tree__valid = data__tree["valid"]
                    if not isinstance(data__tree__valid, (dict)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.valid must be object")
                    data__tree__valid_is_dict = isinstance(data__tree__valid, dict)
                    if data__tree__valid_is_dict:
                        data__tree__valid_keys = set(data__tree__valid.keys())
                        for data__tree__valid_key in data__tree__valid_keys:
                            if data__tree__valid_key not in []:
                                data__tree__valid_value = data__tree__valid.get(data__tree__valid_key)
                                if not isinstance(data__tree__valid_value, (bool, int)) and not (isinstance(data__tree__valid_value, float) and data__tree__valid_value.is_integer()):
                                    raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.valid.{data__tree__valid_key}".format(**locals()) + " must be boolean or integer")
                if "badAmps" in data__tree_keys:
                    data__tree_keys.remove("badAmps")
                    data__tree__badAmps = data__tree["badAmps"]
                    if not isinstance(data__tree__badAmps, (list, tuple)):
                        raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.badAmps must be array")
                    data__tree__badAmps_is_list = isinstance(data__tree__badAmps, (list, tuple))
                    if data__tree__badAmps_is_list:
                        data__tree__badAmps_len = len(data__tree__badAmps)
                        for data__tree__badAmps_x, data__tree__badAmps_item in enumerate(data__tree__badAmps):
                            if not isinstance(data__tree__badAmps_item, (str)):
                                raise JsonSchemaValueException("" + (name_prefix or "data") + ".tree.badAmps[{data__tree__badAmps_x}]".format(**locals()) + " must be string")
                for data__tree_key in data__tree_keys:
                    if data__tree_key not in ['metadata', 'ampKernels', 'detKernels', 'means', 'variances', 'rawMeans', 'rawVariances', 'rawXcorrs', 'meanXcorrs', 'expIdMask', 'gain', 'noise', 'valid', 'badAmps']:
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

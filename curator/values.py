"""Frozen dataclasses and named tuples that cost nothing to import.

`dataclasses` imports `inspect`, and runs generated code for every class, as `typing.NamedTuple` does: a third
of the time in which ``curator check`` looks at one file. Modules on that path take `dataclass`, `field` and
`NamedTuple` from here instead: the same classes, and `dataclasses.replace`, ``fields`` and ``asdict`` work on
them. They import `typing` for the type checker only.
"""

from __future__ import annotations

from _collections import _tuplegetter  # type: ignore[import-not-found]  # as `collections.namedtuple` has it

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, NamedTuple, TypeVar, dataclass_transform

    T = TypeVar("T")
else:

    def dataclass_transform(**_):
        return lambda function: function


__all__ = ["NamedTuple", "dataclass", "field"]

_put = object.__setattr__


class _Field:
    """What `field` says of an attribute beyond its default."""

    __slots__ = ("compare", "default_factory", "init", "repr")

    def __init__(
        self, default_factory: Callable[[], Any] | None, init: bool, repr: bool, compare: bool
    ) -> None:
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.compare = compare


def field(
    *,
    default_factory: Callable[[], Any] | None = None,
    init: bool = True,
    repr: bool = True,
    compare: bool = True,
) -> Any:
    """Describe an attribute, as `dataclasses.field` does."""
    return _Field(default_factory, init, repr, compare)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def dataclass(*, frozen: bool = True, slots: bool = False, eq: bool = True) -> Callable[[type[T]], type[T]]:
    """Make a class of annotated attributes a frozen dataclass, as `dataclasses.dataclass` does.

    Parameters
    ----------
    frozen : bool
        Always true here; written out where the class is, for the reader.
    slots : bool
        Give it ``__slots__``.
    eq : bool
        Compare and hash by the values of its attributes.
    """
    if not frozen:
        raise TypeError("values do not change")

    def make(cls: type[T]) -> type[T]:
        names = tuple(cls.__annotations__)
        said = {name: cls.__dict__[name] for name in names if name in cls.__dict__}
        if slots:
            members = {key: one for key, one in cls.__dict__.items() if key not in said}
            members.pop("__dict__", None)
            members.pop("__weakref__", None)
            kind: Any = type(cls)
            cls = kind(cls.__name__, cls.__bases__, {**members, "__slots__": names})
        else:
            for name, one in said.items():
                if isinstance(one, _Field):
                    delattr(cls, name)
        _equip(cls, names, said, eq)
        return cls

    return make


def _equip(cls: Any, names: tuple[str, ...], said: dict[str, Any], eq: bool) -> None:
    fields = {name: one for name, one in said.items() if isinstance(one, _Field)}
    given = tuple(name for name in names if name not in fields or fields[name].init)
    compared = tuple(name for name in names if name not in fields or fields[name].compare)
    printed = tuple(name for name in names if name not in fields or fields[name].repr)
    cls.__init__ = _init(cls, given, said)
    cls.__setattr__ = _refuse
    cls.__delattr__ = _refuse
    cls.__match_args__ = given  # type: ignore[misc]  # of whichever class it is
    cls.__dataclass_fields__ = _Fields(names, said)
    if "__repr__" not in cls.__dict__:
        cls.__repr__ = lambda self: (
            f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in printed)})"
        )
    if "__reduce__" not in cls.__dict__:
        cls.__reduce__ = lambda self: (type(self), tuple(getattr(self, name) for name in given))
    if eq:
        cls.__eq__ = _equal(compared)
        cls.__hash__ = lambda self: hash(tuple(getattr(self, name) for name in compared))


def _init(cls: Any, names: tuple[str, ...], said: dict[str, Any]) -> Callable[..., None]:
    title = cls.__name__
    defaults = {name: one for name, one in said.items() if not isinstance(one, _Field)}
    factories = {
        name: one.default_factory
        for name, one in said.items()
        if isinstance(one, _Field) and one.default_factory is not None
    }
    completes = hasattr(cls, "__post_init__")

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        if len(args) > len(names):
            raise TypeError(f"{title}() takes {len(names)} values, not {len(args)}")
        for name, value in zip(names, args, strict=False):
            _put(self, name, value)
        for name in names[len(args) :]:
            if name in kwargs:
                _put(self, name, kwargs.pop(name))
            elif name in defaults:
                _put(self, name, defaults[name])
            elif name in factories:
                _put(self, name, factories[name]())
            else:
                raise TypeError(f"{title}() needs a value for {name!r}")
        if kwargs:
            raise TypeError(f"{title}() got an unexpected or second value for {next(iter(kwargs))!r}")
        if completes:
            self.__post_init__()

    return __init__


def _equal(names: tuple[str, ...]) -> Callable[[Any, object], Any]:
    def __eq__(self: Any, other: object) -> Any:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in names)

    return __eq__


def _refuse(self: object, name: str, value: object = None) -> None:
    raise AttributeError(f"{type(self).__name__}.{name} does not change")


class _Fields:
    """Lets `dataclasses.fields` and its like see the class; made when somebody looks."""

    def __init__(self, names: tuple[str, ...], said: dict[str, Any]) -> None:
        self._names = names
        self._said = said

    def __get__(self, instance: object, owner: type) -> dict[str, Any]:
        import dataclasses

        described: list[tuple[str, Any, Any]] = []
        for name in self._names:
            one = self._said.get(name, dataclasses.MISSING)
            if isinstance(one, _Field):
                factory: Any = one.default_factory or dataclasses.MISSING
                made = dataclasses.field(
                    default_factory=factory, init=one.init, repr=one.repr, compare=one.compare
                )
            else:
                made = dataclasses.field(default=one)
            described.append((name, owner.__annotations__[name], made))
        shadow = dataclasses.make_dataclass(owner.__name__, described, kw_only=True)
        found: dict[str, Any] = shadow.__dataclass_fields__  # type: ignore[attr-defined]
        owner.__dataclass_fields__ = found  # type: ignore[attr-defined]  # who looks again need not wait
        return found


class _NamedTupleType(type):
    """Makes a tuple of annotated attributes, which a class of them gets for its base."""

    def __new__(mcs: Any, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> Any:
        names = tuple(body.get("__annotations__", ()))
        defaults = tuple(body.pop(one) for one in names if one in body)
        for index, one in enumerate(names):
            body[one] = _tuplegetter(index, None)
        extra = {"__slots__": (), "__match_args__": names, "_fields": names}
        return super().__new__(mcs, name, bases, {"__new__": _new(name, names, defaults), **body, **extra})


def _new(title: str, names: tuple[str, ...], defaults: tuple[Any, ...]) -> Callable[..., Any]:
    make, count, required = tuple.__new__, len(names), len(names) - len(defaults)

    def __new__(cls: Any, *args: Any, **kwargs: Any) -> Any:
        given = len(args)
        if given == count and not kwargs:
            return make(cls, args)
        if required <= given < count and not kwargs:
            return make(cls, args + defaults[given - required :])
        if given > count:
            raise TypeError(f"{title}() takes {count} values, not {given}")
        values = list(args)
        for index in range(given, count):
            if names[index] in kwargs:
                values.append(kwargs.pop(names[index]))
            elif index >= required:
                values.append(defaults[index - required])
            else:
                raise TypeError(f"{title}() needs a value for {names[index]!r}")
        if kwargs:
            raise TypeError(f"{title}() got an unexpected or second value for {next(iter(kwargs))!r}")
        return make(cls, values)

    return __new__


if not TYPE_CHECKING:

    class NamedTuple(tuple, metaclass=_NamedTupleType):
        """A tuple whose values have names, as `typing.NamedTuple` makes it."""

        def __repr__(self):
            pairs = (f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True))
            return f"{type(self).__qualname__}({', '.join(pairs)})"

        def __getnewargs__(self):
            return tuple(self)

        def _replace(self, **changed):
            return type(self)(**{**dict(zip(self._fields, self, strict=True)), **changed})

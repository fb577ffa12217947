"""Frozen dataclasses that cost nothing to import.

`dataclasses` imports `inspect`, and runs generated code for every class: a third of the time in which
``curator check`` looks at one file. What stands on that path takes `dataclass` and `field` from here instead:
the same classes, and `dataclasses.replace`, ``fields`` and ``asdict`` work on them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, dataclass_transform

__all__ = ["dataclass", "field"]

T = TypeVar("T")
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
        return found

"""Lists of names: et al., "and", labels, substitutes.

Source: CSL 1.0.2, "Names", "Name", "Et-al", "Substitute", "Label in cs:names".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.csl.native.context import CALLED, FILLED, NamesDone
from northbib.csl.native.formatting import formatted
from northbib.csl.native.numbers import padded
from northbib.csl.native.person import PersonWriter, is_eastern_char
from northbib.csl.native.shape import empty, nothing
from northbib.csl.native.tokens import CLOSE
from northbib.csl.native.variables import NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.csl.native.context import Context, Render
    from northbib.csl.native.formatting import Format
    from northbib.csl.native.labels import NamesLabel
    from northbib.csl.native.locale import Locale
    from northbib.csl.native.name_options import NameOptions
    from northbib.csl.native.people import Name
    from northbib.csl.native.shape import Shape
    from northbib.csl.native.tokens import Tokens

__all__ = ["NameFormats", "NameList", "NamesElement", "names_renderer"]


_DASHES = frozenset("–—-/·")
"""What joins names by itself, without a space or a delimiter."""


@dataclass(slots=True, eq=False)
class NameFormats:
    """The formatting of names, of their parts, and of what stands for the rest of them."""

    whole: Format | None = None
    family: Format | None = None
    given: Format | None = None
    et_al: Format | None = None
    et_al_term: str = "et-al"

    @property
    def has_parts(self) -> bool:
        """Whether a part of a name has a formatting."""
        return self.family is not None or self.given is not None


class NameList:
    """Writes the names of one variable in the way of one `cs:name` and `cs:et-al`."""

    __slots__ = (
        "_and",
        "_et_al",
        "_et_al_marks",
        "_foreign",
        "_language",
        "_name_format",
        "_others",
        "_person",
        "formats",
        "options",
    )

    def __init__(self, options: NameOptions, locale: Locale, formats: NameFormats) -> None:
        self.options = options
        self.formats = formats
        self._language = locale.language
        self._person = PersonWriter(options, formats.family, formats.given, locale.language)
        self._foreign = PersonWriter(options, formats.family, formats.given, "")
        self._others: dict[tuple[NameFormats, str], PersonWriter] = {}
        self._name_format = formats.whole
        self._et_al = locale.term(formats.et_al_term) or ""
        self._et_al_marks = formats.et_al
        self._and = ""
        if options.and_:
            form = "symbol" if options.and_ == "symbol" else "long"
            default = "&" if options.and_ == "symbol" else "and"
            term = locale.terms.get(("and", form))
            self._and = term[0] if term is not None else default

    def count(self, names: tuple[Name, ...], context: Context) -> int:
        """Give how many of the names are shown.

        Source: CSL 1.0.2, "Name" (et-al-min, et-al-subsequent-min), "Sorting" (names-min).
        """
        options = self.options
        minimum, first = options.minimum, options.use_first
        cite = context.cite
        if cite is not None and cite.position != "first" and context.citing:
            minimum, first = options.later_minimum, options.later_use_first
        limits = context.limits
        if limits is not None:
            minimum = limits[0] if limits[0] is not None else minimum
            first = limits[1] if limits[1] is not None else first
        total = len(names)
        shown = first if minimum and total >= minimum and first < total else total
        spread = context.spread
        if spread is not None and not context.sorting:
            index = len(context.names_done)
            if index < len(spread.shown):
                shown = min(max(shown, spread.shown[index]), total)
        return shown

    def write(self, names: tuple[Name, ...], context: Context, out: Tokens) -> None:
        """Write the names of one variable."""
        shown = self.count(names, context)
        index = len(context.names_done)
        done = NamesDone(names, shown, self.options)
        context.names_done.append(done)
        if not shown:
            return
        levels: Sequence[int] = ()
        if context.spread is not None and index < len(context.spread.given):
            levels = context.spread.given[index]
        total = len(names)
        options = self.options
        joint = bool(self._and) and shown == total and not context.sorting
        delimiter = options.delimiter
        for position in range(shown):
            if position:
                if joint and position == total - 1:
                    self._write_and(out, names, shown)
                else:
                    out.append(delimiter)
            start = len(out)
            self._write_name(names[position], position, context, out, levels)
            if not context.citing:
                done.ranges.append((start, len(out)))
        if shown < total:
            self._write_rest(names, shown, context, out)
        done.end = len(out)

    def _write_name(
        self, name: Name, position: int, context: Context, out: Tokens, levels: Sequence[int]
    ) -> None:
        level = levels[position] if position < len(levels) else 0
        if context.levels is not None and not context.citing and not context.sorting:
            level = context.levels.level(name, position, self.options)
        inverted = self._inverted(position) or context.sorting
        person = self._foreign if context.is_foreign() else self._person
        if context.parts is not None and context.parts is not self.formats:
            person = self._in_place(context.parts, context)
        whole = self._name_format
        if whole is None:
            person.write(name, out, inverted, level, context.sorting)
            return
        # By citeproc-js the affixes are those of a person's name: a body goes without them.
        affixes = not name.literal
        if affixes and whole.prefix:
            out.append(whole.prefix)
        out.extend(whole.marks)
        person.write(name, out, inverted, level, context.sorting)
        out.extend([CLOSE] * len(whole.marks))
        if affixes and whole.suffix:
            out.append(whole.suffix)

    def _in_place(self, parts: NameFormats, context: Context) -> PersonWriter:
        """Give what writes names that stand for others, with the formatting of their parts.

        CSL 1.0.2, "Substitute", has this for the shorthand alone, citeproc-js for all names.
        """
        language = "" if context.is_foreign() else self._language
        found = self._others.get((parts, language))
        if found is None:
            family = self.formats.family or parts.family
            given = self.formats.given or parts.given
            found = PersonWriter(self.options, family, given, language)
            self._others[parts, language] = found
        return found

    def _inverted(self, position: int) -> bool:
        order = self.options.inverted
        return order == "all" or (order == "first" and not position)

    def _is_inverted(self, names: tuple[Name, ...], position: int) -> bool:
        return self._inverted(position) and not names[position].literal

    def _write_and(self, out: Tokens, names: tuple[Name, ...], shown: int) -> None:
        """Write what stands between the last two names.

        Source: CSL 1.0.2, "Name" (and, delimiter-precedes-last).
        """
        rule = self.options.precedes_last
        # By citeproc-js "always" is for persons: of two names the last may be that of a body.
        always = rule == "always" and (shown > 2 or not names[-1].literal)
        precedes = (
            always
            or (rule == "contextual" and shown > 2)
            or (rule == "after-inverted-name" and self._is_inverted(names, shown - 2))
        )
        if not any(map(str.isalnum, self._and)) and self._and.strip() in _DASHES:
            out.append(self._and)
            return
        if precedes:
            out.append(self.options.delimiter)
            if not self.options.delimiter.endswith(" "):
                out.append(" ")
        elif not self._and[-1:].isspace() or self._and[-1] == " ":
            out.append(" ")
        out.append(self._and if self._and[-1:].isspace() else f"{self._and} ")

    def _write_rest(
        self, names: tuple[Name, ...], shown: int, context: Context, out: Tokens
    ) -> None:
        """Write what stands for the names that are not shown.

        Source: CSL 1.0.2, "Name" (et-al-use-last, delimiter-precedes-et-al).
        """
        options = self.options
        total = len(names)
        last = options.use_last
        if context.limits is not None and context.limits[2] is not None:
            last = context.limits[2]
        if last and total - shown > 1:
            out.append(f"{options.delimiter}… " if options.delimiter.endswith(" ") else "… ")
            self._write_name(names[-1], total - 1, context, out, ())
            return
        if not self._et_al or context.sorting:
            return
        rule = options.precedes_et_al
        precedes = (
            rule == "always"
            or (rule == "contextual" and shown > 1)
            or (rule == "after-inverted-name" and self._is_inverted(names, shown - 1))
        )
        if precedes:
            out.append(options.delimiter)
        elif not is_eastern_char(self._et_al[0]):
            out.append(" ")
        style = self._et_al_marks
        if style is None:
            out.append(self._et_al)
        else:
            if style.prefix:
                out.append(style.prefix)
            out.extend(style.marks)
            out.append(self._et_al)
            out.extend([CLOSE] * len(style.marks))
            if style.suffix:
                out.append(style.suffix)


class NamesElement:
    """A `cs:names` element: its variables, its label, its substitutes.

    Attributes:
        shorthand: Whether it stands for other names in the form of these.
        bare: Whether what was written last are the names themselves, or a shorthand.
        span: Where they were written.
    """

    __slots__ = (
        "bare",
        "combined",
        "delimiter",
        "label",
        "list",
        "shorthand",
        "span",
        "substitutes",
        "variables",
    )

    def __init__(
        self,
        variables: Sequence[str],
        names: NameList,
        label: NamesLabel | None,
        delimiter: str,
        combined: str,
        *,
        shorthand: bool,
    ) -> None:
        self.variables = variables
        self.list = names
        self.label = label
        self.delimiter = delimiter
        self.combined = combined
        self.shorthand = shorthand
        self.bare = True
        self.span = (0, 0)
        self.substitutes: Sequence[tuple[Render, tuple[str, ...]]] = ()

    @property
    def needed(self) -> Sequence[str]:
        """Variables of which one must be there for names to be shown, none if no shape can tell."""
        if self.list.options.form == "count" or not NAMES.issuperset(self.variables):
            return ()
        return self.variables

    def bound(
        self, shape: Shape, substitutes: Sequence[tuple[Render, tuple[str, ...]]]
    ) -> NamesElement | None:
        """Give it with its substitutes for items of a shape; None if it has nothing to say there.

        Args:
            shape: The shape.
            substitutes: What renders each substitute, and the variables that it names itself.
        """
        if self.needed:
            substitutes = [each for each in substitutes if each[0] not in (nothing, empty)]
            if not substitutes and not shape.has_any(self.needed):
                return None
        copy = NamesElement(
            self.variables,
            self.list,
            self.label,
            self.delimiter,
            self.combined,
            shorthand=self.shorthand,
        )
        copy.substitutes = substitutes
        return copy

    def render(self, context: Context, out: Tokens) -> None:
        """Write the names, or else the first substitute that has something to say."""
        context.calls |= CALLED
        first = context.first_names is None and not context.sorting
        begin = len(out)
        self.bare = True
        if first:
            context.first_names = (-1, -1)
        if self.list.options.form == "count":
            self._count(context, out)
        else:
            self._names(context, out)
        filled = FILLED
        if len(out) == begin:
            filled = self._substitute(context, out)
        if len(out) == begin:
            if first:
                context.first_names = None
            return
        context.calls |= filled
        context.by_shorthand = self.shorthand
        self.span = (begin, len(out))
        if first:
            if context.without_names:
                del out[begin:]
                context.first_names = (begin, begin)
            else:
                context.first_names = (begin, len(out))

    def _names(self, context: Context, out: Tokens) -> None:
        item, gone = context.item, context.substituted
        begin = len(out)
        combined = self._combined_names(context)
        for variable in self.variables if combined is None else (combined,):
            names = item.names("editor" if variable == self.combined else variable)
            if not names or (gone is not None and variable in gone):
                continue
            if context.used is not None and variable in context.used:
                continue
            mark = len(out)
            if mark > begin and self.delimiter:
                out.append(self.delimiter)
            start = len(out)
            if self.label is not None and self.label.first:
                self.label.write(variable, names, context, out)
            self.list.write(names, context, out)
            if self.label is not None and not self.label.first and len(out) > start:
                self.label.write(variable, names, context, out)
            if len(out) == start:
                del out[mark:]
            elif context.used is not None:
                context.used.add(variable)

    def _combined_names(self, context: Context) -> str | None:
        """Tell whether editors and translators are the same people, named once.

        Source: CSL 1.0.2, "Names", editor and translator.
        """
        if not self.combined:
            return None
        editors = context.item.names("editor")
        translators = context.item.names("translator")
        if not editors or len(editors) != len(translators):
            return None
        same = all(one.key == two.key for one, two in zip(editors, translators, strict=True))
        return self.combined if same else None

    def _count(self, context: Context, out: Tokens) -> None:
        """Give the number of names that would be shown.

        Source: CSL 1.0.2, "Name", form="count".
        """
        total = 0
        combined = self._combined_names(context)
        for variable in self.variables if combined is None else ("editor",):
            names = context.item.names(variable)
            if names:
                total += self.list.count(names, context)
        if total or (context.sorting and not self.substitutes):
            out.append(padded(str(total)) if context.sorting else str(total))

    def _substitute(self, context: Context, out: Tokens) -> int:
        """Write the first substitute that is not empty; what it shows is not shown again.

        Returns:
            `FILLED`, or 0 for a mere term or value: it fills no variable, and so a group that
            calls no other than the names is left out.
        """
        begin = len(out)
        filled = 0
        outer, parts = context.used, context.parts
        if self.list.formats.has_parts:
            context.parts = self.list.formats
        for render, variables in self.substitutes:
            context.used = set()
            calls, context.calls = context.calls, 0
            context.by_shorthand = False
            render(context, out)
            called, context.calls = context.calls, calls
            if context.sorting and not called:
                # By citeproc-js a mere term or value is no name to sort by; from a macro it is.
                del out[begin:]
            if len(out) > begin:
                self.bare = context.by_shorthand
                gone = context.substituted if context.substituted is not None else set()
                shown = context.used.union(variables)
                gone |= shown
                if outer is not None:
                    outer |= shown
                context.anonymous = not shown
                context.substituted = gone
                filled = called & FILLED
                break
        context.used, context.parts = outer, parts
        return filled


def names_renderer(names: NamesElement, style: Format) -> Render:
    """Make the renderer of a `cs:names` in its formatting.

    By citeproc-js the affixes are those of the names themselves and of the shorthand that stands
    for them: a text, or names with a form of their own, go without.
    """
    whole = formatted(names.render, style)
    if not (names.substitutes and (style.prefix or style.suffix)):
        return whole
    block = 1 if style.block else 0
    marks = len(style.marks) + (1 if style.quotes or style.unquoted else 0)

    def render(context: Context, out: Tokens) -> None:
        begin = len(out) + block
        whole(context, out)
        if len(out) <= begin or names.bare:
            return
        start, end = names.span
        del out[end + marks : len(out) - block]
        gone = start - marks - begin
        del out[begin : begin + gone]
        first = context.first_names
        if first is not None and first[0] >= start:
            context.first_names = (first[0] - gone, first[1] - gone)

    return render

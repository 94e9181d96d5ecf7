using System.Globalization;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Policies.Reading;

/// <summary>Every error of a document by its path, and the reading of the words and numbers that may be wrong.</summary>
internal sealed class Findings
{
    private readonly List<PolicyError> _errors = [];
    private int _known;

    public IReadOnlyList<PolicyError> Errors => _errors;

    /// <summary>
    /// What follows judges what was read so far: where an error was found already, at that place, in it or around it, it says
    /// nothing more. One cause is one error.
    /// </summary>
    public void NextPass() => _known = _errors.Count;

    /// <summary>Whether an earlier pass found nothing wrong there, in it or around it.</summary>
    public bool IsSound(string path) => !_errors.Take(_known).Any(error => IsWithin(error.Path, path) || IsWithin(path, error.Path));

    /// <summary>The path of an item: by its name where it has one, which is the same in an overlay and in what it is laid on; else by its place.</summary>
    public static string Item(string list, string name, int place) => name.Length > 0 ? $"{list}[{name}]" : $"{list}[{place}]";

    /// <summary>The path of a row of the matrix, named by its media in alphabetical order; a purpose without media has one row.</summary>
    public static string Row(string purpose, IEnumerable<string> media, int place) => Item($"{purpose}.matrix", string.Join(',', media.Order(StringComparer.Ordinal)), place);

    public void Add(string path, string what)
    {
        var error = new PolicyError(path, what);
        if (IsSound(path) && !_errors.Contains(error))
        {
            _errors.Add(error);
        }
    }

    public void Check(bool holds, string path, string what)
    {
        if (!holds)
        {
            Add(path, what);
        }
    }

    public void Unique(IEnumerable<string> values, string path, string what)
    {
        foreach (var twice in values.GroupBy(value => value).Where(group => group.Count() > 1))
        {
            Add(path, $"{what} '{twice.Key}' stands twice");
        }
    }

    /// <param name="barred">Names that are refused in this place with a reason of its own.</param>
    /// <param name="words">What may stand here besides a name.</param>
    public T Name<T>(string text, string path, bool zeroIsName = false, IReadOnlyCollection<T>? barred = null, IEnumerable<string>? words = null)
        where T : struct, Enum
    {
        var isKnown = EnumNames<T>.TryParse(text, out var value) && (zeroIsName || !value.Equals(default(T)));
        if (!isKnown)
        {
            var names = Enum.GetValues<T>().Where(value => (zeroIsName || !value.Equals(default(T))) && barred?.Contains(value) != true).Select(EnumNames<T>.Of);
            AddUnknown(text, path, names.Concat(words ?? []));
        }

        return isKnown ? value : default;
    }

    public bool IsOneOf(string text, string path, IReadOnlyList<string> words)
    {
        var isKnown = words.Contains(text);
        if (!isKnown)
        {
            AddUnknown(text, path, words);
        }

        return isKnown;
    }

    /// <returns>Whether it is that word; false also where it is neither it nor the only other one that may stand there.</returns>
    public bool IsWord(string word, string other, string text, string path) => IsOneOf(text, path, [other, word]) && text == word;

    public T? NameOrAny<T>(string? text, string path)
        where T : struct, Enum =>
        text is null ? null : Name<T>(text, path);

    /// <returns>Those that are names.</returns>
    public IReadOnlyList<T> Names<T>(IReadOnlyList<string> texts, string path, IReadOnlyCollection<T>? barred = null)
        where T : struct, Enum
    {
        Unique(texts, path, "name");
        return [.. texts.Select((text, i) => Name(text, $"{path}[{i}]", barred: barred)).Where(value => !value.Equals(default(T)))];
    }

    public CalendarPeriod Period(string text, string path) => FindPeriod(text, path) ?? default;

    public CalendarPeriod? FindPeriod(string text, string path)
    {
        var isPeriod = CalendarPeriod.TryParse(text, out var period);
        Check(isPeriod, path, $"'{text}' is no ISO 8601 period such as P24M or PT24H, of at most a hundred years");
        return isPeriod ? period : null;
    }

    public DateOnly? FindDay(string text, string path)
    {
        var isDay = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1970 and < 2200;
        Check(isDay, path, $"'{text}' is no day such as 2026-11-25");
        return isDay ? day : null;
    }

    public TimeZoneInfo Zone(string id, string path)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone))
        {
            return zone;
        }

        Add(path, $"'{id}' is not known on this machine; install time zone data (Debian: tzdata)");
        return TimeZoneInfo.Utc;
    }

    public FieldSet Fields(IReadOnlyList<string> patterns, string path)
    {
        var all = default(FieldSet);
        for (var i = 0; i < patterns.Count; i++)
        {
            var fields = ContentFields.Find(patterns[i]);
            Check(fields is not null, $"{path}[{i}]", $"'{patterns[i]}' is no field of the content (uncategorised)");
            all |= fields ?? default;
        }

        return all;
    }

    private static bool IsWithin(string path, string outer) =>
        path.StartsWith(outer, StringComparison.Ordinal) && (path.Length == outer.Length || path[outer.Length] is '.' or '[');

    private void AddUnknown(string text, string path, IEnumerable<string> names) => Add(path, $"'{text}' is none of {string.Join(", ", names)}");
}

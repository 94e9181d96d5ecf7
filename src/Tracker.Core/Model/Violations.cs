namespace Tracker.Core.Model;

/// <summary>Collects every violation of a request, so that one answer names them all.</summary>
public sealed class Violations
{
    /// <summary>An item of 256 KiB has room for tens of thousands; the answer to a hostile one stays small.</summary>
    public const int Max = 100;

    private readonly List<Violation> _found = [];
    private HashSet<string>? _unconverted;

    public bool IsEmpty => _found.Count == 0;

    public IReadOnlyList<Violation> Found => _found;

    /// <summary>Takes over what the door could not convert; nothing more is said of those fields, whose value nobody has seen.</summary>
    public static Violations After(IReadOnlyList<Violation> conversion)
    {
        var violations = new Violations();
        violations.AddRange(conversion);
        violations._unconverted = [.. conversion.Select(violation => violation.Field)];
        return violations;
    }

    public void Add(string field, string description)
    {
        if (_found.Count < Max && _unconverted?.Contains(field) != true)
        {
            _found.Add(new Violation(field, description));
        }
    }

    public void AddRange(IEnumerable<Violation> violations) => _found.AddRange(violations.Take(Max - _found.Count));

    /// <summary>Adds what was found of a part, whose fields are named from there.</summary>
    public void AddWithin(string path, Violations part)
    {
        foreach (var found in part._found)
        {
            Add($"{path}.{found.Field}", found.Description);
        }
    }

    /// <summary>Adds the finding of a check, if it found anything.</summary>
    public void AddIf(string field, string? finding)
    {
        if (finding is not null)
        {
            Add(field, finding);
        }
    }

    public void Require(bool holds, string field, string description)
    {
        if (!holds)
        {
            Add(field, description);
        }
    }

    /// <exception cref="RefusalException">Anything was found.</exception>
    public void Refuse()
    {
        if (!IsEmpty)
        {
            throw RefusalException.InvalidRequest(_found);
        }
    }
}

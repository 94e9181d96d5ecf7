namespace Tracker.Core.Model;

/// <summary>Collects every violation of a request, so that one answer names them all.</summary>
public sealed class Violations
{
    private readonly List<Violation> _found = [];

    public bool IsEmpty => _found.Count == 0;

    public IReadOnlyList<Violation> Found => _found;

    public void Add(string field, string description) => _found.Add(new Violation(field, description));

    public void AddRange(IEnumerable<Violation> violations) => _found.AddRange(violations);

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

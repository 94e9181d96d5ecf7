using Tracker.Core.Model;

namespace Tracker.Storage.Tests.Contracts.Persons;

/// <summary>Something that says who is whom.</summary>
/// <param name="OnSecondNode">Which of two nodes is asked.</param>
public abstract record PersonAct(bool OnSecondNode)
{
    /// <summary>A visit with or without a login, a purchase with a card: whatever is sent together.</summary>
    public sealed record See(IReadOnlyList<Identifier> Identifiers, bool OnSecondNode) : PersonAct(OnSecondNode)
    {
        public override string ToString() => $"see {string.Join('+', Identifiers.Select(identifier => identifier.Value))}";
    }

    /// <summary>A refusal in a banner or at a till, by whatever is sent together.</summary>
    public sealed record Refuse(IReadOnlyList<Identifier> Identifiers, bool OnSecondNode) : PersonAct(OnSecondNode)
    {
        public override string ToString() => $"refuse {string.Join('+', Identifiers.Select(identifier => identifier.Value))}";
    }

    public sealed record Merge(Identifier First, Identifier Second, bool OnSecondNode) : PersonAct(OnSecondNode)
    {
        public override string ToString() => $"merge {First.Value} {Second.Value}";
    }

    /// <param name="Number">Of the merges so far, in order.</param>
    public sealed record Unmerge(int Number, bool OnSecondNode) : PersonAct(OnSecondNode)
    {
        public override string ToString() => $"unmerge {Number}";
    }
}

namespace Tracker.Core.Policies.History;

/// <summary>Why a consent ends when it ends.</summary>
public enum SpanEnd : byte
{
    /// <summary>By its validity or by the inactivity cap.</summary>
    Time,

    /// <summary>By the person: withdrawn, refused later, or objected.</summary>
    Withdrawn,

    /// <summary>It never was one: nothing kept on it may stay.</summary>
    Invalidated,

    /// <summary>An entry in the public register of objections cancelled it (L. 5/2018, art. 1(5)).</summary>
    Cancelled,

    /// <summary>The controller stopped the purpose.</summary>
    Revoked,
}

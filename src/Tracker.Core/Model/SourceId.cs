namespace Tracker.Core.Model;

/// <summary>A registered sender of a tenant. 1 to 32 of a-z, 0-9 and "-".</summary>
public readonly record struct SourceId(string Value)
{
    public override string ToString() => Value;
}

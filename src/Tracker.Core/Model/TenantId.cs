namespace Tracker.Core.Model;

/// <summary>The controller whose data this is; every key and every query begins with it. 1 to 32 of a-z, 0-9 and "-".</summary>
public readonly record struct TenantId(string Value)
{
    public override string ToString() => Value;
}

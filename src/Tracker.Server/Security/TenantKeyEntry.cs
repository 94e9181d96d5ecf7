namespace Tracker.Server.Security;

/// <summary>One version of a tenant's keys, as written.</summary>
internal sealed record TenantKeyEntry
{
    public byte Version { get; init; }

    public byte[]? WrappingKey { get; init; }

    public byte[]? HashKey { get; init; }
}

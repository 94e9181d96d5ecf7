namespace Tracker.Server.Security;

/// <summary>One controller whose data is kept.</summary>
public sealed class TenantOptions
{
    /// <summary>1 to 32 of a-z, 0-9 and "-".</summary>
    public string Id { get; set; } = "";

    /// <summary>Name of a shipped policy profile; the default profile if absent.</summary>
    public string? Policy { get; set; }

    /// <summary>File of the tenant's own policy, an overlay on a shipped profile; relative to the current directory. Instead of <see cref="Policy"/>.</summary>
    public string? PolicyFile { get; set; }

    public IList<SourceOptions> Sources { get; } = [];
}

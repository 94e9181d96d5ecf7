namespace Tracker.Server.Security;

/// <summary>One API key. It has 128 bits of entropy or more, so a plain SHA-256 of it tells nobody the key.</summary>
public sealed class KeyOptions
{
    /// <summary>SHA-256 of the key, 64 hexadecimal digits.</summary>
    public string Sha256 { get; set; } = "";

    /// <summary>What the key may do, such as "INTERACTION_WRITE".</summary>
    public IList<string> Permissions { get; } = [];
}

using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Tracker.Server.Hosting;

public sealed class StorageOptions
{
    public const string Section = "Tracker:Storage";

    /// <summary>Folder of everything that is kept; relative to the current directory.</summary>
    [Required]
    public string Path { get; set; } = "tracker-data";

    public string Root => System.IO.Path.GetFullPath(Path);

    public string StoreFolder => System.IO.Path.Combine(Root, "store");

    public string KeyFolder => System.IO.Path.Combine(Root, "keys");
}

[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;

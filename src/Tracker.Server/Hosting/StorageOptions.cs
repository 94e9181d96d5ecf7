using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Tracker.Storage.Mongo;

namespace Tracker.Server.Hosting;

public sealed class StorageOptions
{
    public const string Section = "Tracker:Storage";

    public const string MongoSection = $"{Section}:{nameof(Mongo)}";

    /// <summary>Folder of everything that is kept, and of the keys alone beside a MongoDB; relative to the current directory.</summary>
    [Required]
    public string Path { get; set; } = "tracker-data";

    public MongoStoreOptions Mongo { get; set; } = new();

    /// <summary>What people call the place where documents are kept. The address of a database may hold a password, so only its name.</summary>
    public string Place => Mongo.IsChosen ? $"the MongoDB database '{Mongo.Database}'" : StoreFolder;

    public string Root => System.IO.Path.GetFullPath(Path);

    public string StoreFolder => System.IO.Path.Combine(Root, "store");

    public string KeyFolder => System.IO.Path.Combine(Root, "keys");
}

[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;

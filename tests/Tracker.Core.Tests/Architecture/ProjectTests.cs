using System.Xml.Linq;

namespace Tracker.Core.Tests.Architecture;

public class ProjectTests
{
    private static readonly Dictionary<string, string[]> MayReference = new()
    {
        ["Tracker.Contracts"] = [],
        ["Tracker.Core"] = [],
        ["Tracker.Storage.RocksDb"] = ["Tracker.Core"],
        ["Tracker.Storage.Mongo"] = ["Tracker.Core"],
        ["Tracker.Cache.Redis"] = ["Tracker.Core"],
        ["Tracker.Server"] = ["Tracker.Contracts", "Tracker.Core", "Tracker.Storage.RocksDb", "Tracker.Storage.Mongo", "Tracker.Cache.Redis"],
    };

    private static readonly string[] CorePackages =
    [
        "Microsoft.Extensions.DependencyInjection.Abstractions",
        "libphonenumber-csharp",
        "F23.StringSimilarity",
        "Microsoft.Extensions.Diagnostics.Abstractions",
        "Microsoft.Extensions.Hosting.Abstractions",
        "Microsoft.Extensions.Logging.Abstractions",
        "Microsoft.Extensions.Options",
        "Microsoft.Extensions.Options.DataAnnotations",
    ];

    public static TheoryData<string> Projects => [.. SourceTree.Files("src", "*.csproj")];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_the_projects_it_may(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);

        Assert.Contains(name, MayReference.Keys);
        Assert.All(Included(project, "ProjectReference"), reference =>
            Assert.Contains(Path.GetFileNameWithoutExtension(reference.Replace('\\', '/')), MayReference[name]));
    }

    [Fact]
    public void Core_has_no_package_that_does_input_or_output() => Assert.All(
        Included(Path.Combine(SourceTree.Root, "src", "Tracker.Core", "Tracker.Core.csproj"), "PackageReference"),
        package => Assert.Contains(package, CorePackages));

    private static IEnumerable<string> Included(string project, string item) =>
        XDocument.Load(project).Descendants(item).Select(element => element.Attribute("Include")!.Value);
}

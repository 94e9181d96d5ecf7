using System.Text.Json.Nodes;
using Tracker.Server.Tests.Import;

namespace Tracker.Server.Tests.Deployment;

public class DockerfileTests
{
    [Fact]
    public void Base_images_are_pinned_to_one_version_of_one_system() => Assert.All(
        Dockerfile.BaseImages,
        image => Assert.Matches(@"^mcr\.microsoft\.com/dotnet/\w+:10\.0\.\d+-noble$", image));

    [Fact]
    public void The_image_is_built_with_an_SDK_that_the_repository_takes()
    {
        var wanted = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "global.json")))!["sdk"]!["version"]!.GetValue<string>();

        var sdk = Assert.Single(Dockerfile.BaseImages, image => image.Contains("/sdk:", StringComparison.Ordinal)).Split(':', '-')[1];

        Assert.True(Version.Parse(sdk) >= Version.Parse(wanted));
    }

    [Fact]
    public void There_is_no_image_without_the_calendar_that_retention_is_counted_in() => Assert.Contains(
        Dockerfile.Image,
        instruction => instruction.Name == "RUN" && instruction.Arguments.Contains("tzdata", StringComparison.Ordinal) && instruction.Arguments.Contains("test -e /usr/share/zoneinfo/Europe/Rome", StringComparison.Ordinal));

    [Fact]
    public void Nobody_runs_it_as_root()
    {
        var ids = Dockerfile.Of("USER").Split(':').Select(int.Parse);

        Assert.All(ids, id => Assert.NotEqual(0, id));
    }

    [Fact]
    public void What_is_copied_into_the_build_is_let_through_by_the_ignore_file()
    {
        var let = File.ReadLines(Path.Combine(Repository.Root, ".dockerignore")).Where(line => line.StartsWith('!')).Select(line => line[1..]);

        var copied = Dockerfile.BuildStage.Where(instruction => instruction.Name == "COPY").SelectMany(instruction => instruction.Arguments.Split(' ')[..^1]);

        Assert.Equal(let.Order(StringComparer.Ordinal), copied.Order(StringComparer.Ordinal));
    }
}

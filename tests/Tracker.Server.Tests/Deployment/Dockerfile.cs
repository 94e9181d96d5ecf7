using System.Text.Json;
using System.Text.RegularExpressions;
using Tracker.Server.Tests.Import;

namespace Tracker.Server.Tests.Deployment;

/// <summary>The Dockerfile of the repository, as far as the tests follow it.</summary>
internal static partial class Dockerfile
{
    private static readonly IReadOnlyList<DockerInstruction> All = [.. Parse(File.ReadAllLines(Path.Combine(Repository.Root, "Dockerfile")))];

    private static readonly int Last = All.Count - All.Reverse().TakeWhile(instruction => instruction.Name != "FROM").Count() - 1;

    public static IReadOnlyList<DockerInstruction> BuildStage { get; } = [.. All.Take(Last)];

    public static IReadOnlyList<DockerInstruction> Image { get; } = [.. All.Skip(Last)];

    public static IEnumerable<string> BaseImages => All.Where(instruction => instruction.Name == "FROM").Select(instruction => instruction.Arguments.Split(' ')[0]);

    public static string[] EntryPoint => JsonSerializer.Deserialize<string[]>(Of("ENTRYPOINT"))!;

    public static string[] HealthCheck => JsonSerializer.Deserialize<string[]>(Of("HEALTHCHECK").Split("CMD", 2)[1])!;

    public static IReadOnlyDictionary<string, string> Environment { get; } =
        EnvironmentPattern().Matches(Of("ENV")).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    /// <returns>The arguments of the one instruction of this name in the image.</returns>
    public static string Of(string name) => Image.Single(instruction => instruction.Name == name).Arguments;

    private static IEnumerable<DockerInstruction> Parse(IEnumerable<string> lines)
    {
        var joined = "";
        foreach (var line in lines.Where(line => line.Length > 0 && line[0] != '#'))
        {
            joined += line.TrimEnd('\\');
            if (line.EndsWith('\\'))
            {
                continue;
            }

            var parts = joined.Split(' ', 2);
            yield return new(parts[0], parts[1].Trim());
            joined = "";
        }
    }

    [GeneratedRegex("(\\w+)=\"([^\"]*)\"")]
    private static partial Regex EnvironmentPattern();
}

using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Tracker.Core.Identities.Matching;
using Tracker.TestKit;

namespace Tracker.Bench.Matching;

/// <summary>The verb `matches`: how well suggestions find people again in a labelled file or among made-up people, by the score from which they are made.</summary>
internal static class MatchesCommand
{
    private static readonly double[] Thresholds = [0.05, 0.2, 0.5, 0.8, 0.9, 0.95, 0.99];

    private static readonly Option<FileInfo> Labelled = new Option<FileInfo>("--file")
    {
        Description = "CSV with a header, also packed (.gz): first_name or given_name, surname, dob, city, email, phone, address_1, postcode as far as there are, and cluster, which says who is who.",
    }.AcceptExistingOnly();

    private static readonly Option<int> MadeUp = new("--made-up") { Description = "So many made-up profiles where there is no file.", DefaultValueFactory = _ => 20_000 };

    public static Command Create()
    {
        var command = new Command("matches", "Precision, recall and F1 of suggested matches over labelled people.") { Labelled, MadeUp };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        var labelled = arguments.GetValue(Labelled) is { } file ? LabelledPeople.Read(file.FullName) : new MadeUpPeople(seed: 1).Make(arguments.GetValue(MadeUp));
        var watch = Stopwatch.StartNew();
        var suggested = PersonMatcher.Suggest(labelled.People, Thresholds[0]);
        var table = new Table().MarkdownBorder().AddColumns("Score from", "Suggested", "Precision", "Recall", "F1");
        foreach (var threshold in Thresholds)
        {
            var made = suggested.Where(match => match.Score >= threshold).ToList();
            var (precision, recall, f1) = labelled.Judge(made);
            table.AddRow(Number("0.##", threshold), Number("0", made.Count), Number("0.000", precision), Number("0.000", recall), Number("0.000", f1));
        }

        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{labelled.People.Count} profiles, {watch.Elapsed.TotalSeconds:F1} s"));
        return 0;
    }

    private static string Number(string format, double number) => number.ToString(format, CultureInfo.InvariantCulture);
}

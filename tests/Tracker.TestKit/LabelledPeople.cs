using System.Globalization;
using System.IO.Compression;
using CsvHelper;
using CsvHelper.Configuration;
using Tracker.Core.Identities.Matching;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.TestKit;

/// <summary>People with errors in what they state, and who is who, from a CSV file with a header.</summary>
public sealed record LabelledPeople(IReadOnlyList<MatchDetails> People, IReadOnlyDictionary<ProfileId, string> Clusters)
{
    public const string Missing = "The labelled data set fake_1000 is not beside this repository (shared/data/identity).";

    private static readonly string[] Days = ["yyyy-MM-dd", "yyyyMMdd", "dd/MM/yyyy"];

    /// <returns>Those of shared/data/identity/fake_1000, beside the repository; null: the file is not there.</returns>
    public static LabelledPeople? Find()
    {
        var path = Path.Combine("shared", "data", "identity", "fake_1000.csv.gz");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, path)))
            {
                return Read(Path.Combine(folder.FullName, path));
            }
        }

        return null;
    }

    /// <param name="path">Of a file with the columns of the record linkage data sets (given_name or first_name, surname, dob, ..., cluster); ending in .gz it is packed.</param>
    public static LabelledPeople Read(string path)
    {
        using var file = File.OpenRead(path);
        using var reader = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
        using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            PrepareHeaderForMatch = header => header.Header.Trim().ToLowerInvariant(),
            MissingFieldFound = null,
        });
        csv.Read();
        csv.ReadHeader();
        List<MatchDetails> people = [];
        Dictionary<ProfileId, string> clusters = [];
        while (csv.Read())
        {
            var profile = new ProfileId(new Guid(people.Count + 1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]));
            people.Add(MatchDetails.Of(profile, Stated(csv)));
            clusters.Add(profile, Field(csv, "cluster", "cluster_id", "entity_id") ?? throw new InvalidDataException("There is no column \"cluster\" that says who is who."));
        }

        return new(people, clusters);
    }

    /// <returns>Pairwise, against all pairs of one person.</returns>
    public (double Precision, double Recall, double F1) Judge(IEnumerable<SuggestedMatch> suggested)
    {
        var (all, right) = (0, 0);
        foreach (var match in suggested)
        {
            all++;
            right += Clusters[match.One] == Clusters[match.Other] ? 1 : 0;
        }

        var pairs = Clusters.Values.CountBy(cluster => cluster).Sum(cluster => cluster.Value * (cluster.Value - 1L) / 2);
        var (precision, recall) = (right / (double)all, right / (double)pairs);
        return (precision, recall, 2 * precision * recall / (precision + recall));
    }

    private static ContactDetails Stated(CsvReader csv)
    {
        List<string> street = [.. new[] { Field(csv, "street_number"), Field(csv, "address_1", "address", "street"), Field(csv, "address_2") }.OfType<string>()];
        return new()
        {
            GivenName = Field(csv, "first_name", "given_name", "forename"),
            FamilyName = Field(csv, "surname", "last_name", "family_name"),
            BirthDate = DateOnly.TryParseExact(Field(csv, "dob", "date_of_birth", "birth_date"), Days, out var day) ? day : null,
            Email = Field(csv, "email", "email_address"),
            Phone = Field(csv, "phone", "phone_number", "telephone"),
            PostalAddress = new() { Lines = street, Locality = Field(csv, "city", "suburb", "locality", "birth_place"), PostalCode = Field(csv, "postcode", "postcode_fake", "postal_code", "zip") },
        };
    }

    private static string? Field(CsvReader csv, params string[] names) =>
        names.Select(name => csv.TryGetField<string>(name, out var text) ? text?.Trim() : null).FirstOrDefault(text => !string.IsNullOrEmpty(text));
}

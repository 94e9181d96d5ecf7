using System.IO.Compression;
using Tracker.Core.Identities.Matching;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Tests.Identities.Matching;

/// <summary>People with errors in what they state, and who is who: shared/data/identity/fake_1000, beside the repository.</summary>
internal sealed record LabelledPeople(IReadOnlyList<MatchDetails> People, IReadOnlyDictionary<ProfileId, string> Clusters)
{
    public const string Missing = "The labelled data set fake_1000 is not beside this repository (shared/data/identity).";

    /// <returns>Null: the file is not there.</returns>
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

    /// <returns>Pairwise, against all pairs of one person.</returns>
    public (double Precision, double Recall, double F1) Judge(IEnumerable<SuggestedMatch> suggested)
    {
        var (all, right) = (0, 0);
        foreach (var match in suggested)
        {
            all++;
            right += Clusters[match.One] == Clusters[match.Other] ? 1 : 0;
        }

        var true_ = Clusters.Values.CountBy(cluster => cluster).Sum(cluster => cluster.Value * (cluster.Value - 1) / 2);
        var (precision, recall) = (right / (double)all, right / (double)true_);
        return (precision, recall, 2 * precision * recall / (precision + recall));
    }

    private static LabelledPeople Read(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        reader.ReadLine();
        List<MatchDetails> people = [];
        Dictionary<ProfileId, string> clusters = [];
        while (reader.ReadLine()?.Split(',') is [_, var given, var family, var born, var city, var email, var cluster])
        {
            var profile = new ProfileId(new Guid(people.Count + 1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]));
            people.Add(MatchDetails.Of(profile, new()
            {
                GivenName = given,
                FamilyName = family,
                BirthDate = born.Length > 0 ? DateOnly.Parse(born, System.Globalization.CultureInfo.InvariantCulture) : null,
                Email = email,
                PostalAddress = new() { Locality = city },
            }));
            clusters.Add(profile, cluster);
        }

        return new(people, clusters);
    }
}

namespace Tracker.Server.Hosting;

/// <summary>Where settings come from; the later wins: beside the program, current directory, environment, command line.</summary>
internal static class Settings
{
    private const string File = "appsettings.json";
    private const string Root = "Tracker";

    private static readonly string[] Sections = ["Server", "Storage", "Cache", "Tenants", "Consents", "Ingestion", "Retention"];

    /// <summary>Parts the settings from the words of a verb: "dump --part records --Tracker:Storage:Path x".</summary>
    public static (string[] Settings, string[] Words) Separate(string[] arguments)
    {
        List<string> settings = [];
        List<string> words = [];
        for (var i = 0; i < arguments.Length; i++)
        {
            if (!arguments[i].StartsWith($"--{Root}:", StringComparison.OrdinalIgnoreCase))
            {
                words.Add(arguments[i]);
                continue;
            }

            settings.Add(arguments[i]);
            if (!arguments[i].Contains('=', StringComparison.Ordinal) && i + 1 < arguments.Length)
            {
                settings.Add(arguments[++i]);
            }
        }

        return ([.. settings], [.. words]);
    }

    /// <summary>For a verb, which has no host.</summary>
    public static IConfigurationRoot Read(string[] arguments)
    {
        var builder = new ConfigurationBuilder();
        builder.AddJsonFile(Path.Combine(AppContext.BaseDirectory, File), optional: true);
        builder.AddCurrentDirectory();
        return builder.AddEnvironmentVariables().AddCommandLine(arguments).Build();
    }

    /// <summary>For the server: adds what the host's own order of sources lacks.</summary>
    public static IConfiguration AddSettings(this WebApplicationBuilder builder, string[] arguments)
    {
        IConfigurationBuilder sources = builder.Configuration;
        sources.AddCurrentDirectory();
        sources.AddEnvironmentVariables().AddCommandLine(arguments);
        return builder.Configuration;
    }

    /// <exception cref="StartRefusedException">A section is misspelt or a bare value; without this its settings would be ignored.</exception>
    public static void CheckSections(IConfiguration settings)
    {
        var sections = settings.GetSection(Root).GetChildren().ToArray();
        var unknown = sections.Select(section => section.Key).Except(Sections, StringComparer.OrdinalIgnoreCase).ToArray();
        if (unknown.Length > 0)
        {
            throw new StartRefusedException($"There are no settings {string.Join(", ", unknown.Select(name => $"{Root}:{name}"))}; the sections are {string.Join(", ", Sections.Select(name => $"{Root}:{name}"))}.");
        }

        if (sections.FirstOrDefault(section => !string.IsNullOrEmpty(section.Value)) is { } bare)
        {
            throw new StartRefusedException($"{bare.Path} is a section and takes no value; docs/operations.md has the settings in it.");
        }
    }

    // "dotnet run --project" keeps the caller's directory, so this is not always the folder of the program.
    private static void AddCurrentDirectory(this IConfigurationBuilder builder)
    {
        var path = Path.Combine(Directory.GetCurrentDirectory(), File);
        if (Directory.GetCurrentDirectory() != Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))
        {
            builder.AddJsonFile(path, optional: true);
        }
    }
}

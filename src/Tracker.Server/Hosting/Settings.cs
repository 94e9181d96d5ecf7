namespace Tracker.Server.Hosting;

/// <summary>Where settings come from; the later wins: beside the program, current directory, environment, command line.</summary>
internal static class Settings
{
    private const string File = "appsettings.json";

    /// <summary>For a verb, which has no host.</summary>
    public static IConfigurationRoot Read(string[] arguments)
    {
        var builder = new ConfigurationBuilder();
        builder.AddJsonFile(Path.Combine(AppContext.BaseDirectory, File), optional: true);
        builder.AddCurrentDirectory();
        return builder.AddEnvironmentVariables().AddCommandLine(arguments).Build();
    }

    /// <summary>For the server: adds what the host's own order of sources lacks.</summary>
    public static void AddSettings(this WebApplicationBuilder builder, string[] arguments)
    {
        IConfigurationBuilder sources = builder.Configuration;
        sources.AddCurrentDirectory();
        sources.AddEnvironmentVariables().AddCommandLine(arguments);
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

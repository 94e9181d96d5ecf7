using System.Globalization;
using Tracker.Server.Hosting;

namespace Tracker.Server.Security;

/// <summary>
/// The lists below Tenants are lists. Of an object in the place of a list the reader of settings makes an empty one, and a
/// server meant to ask for keys would take every call.
/// </summary>
internal static class TenantsShape
{
    private static readonly string[] Lists = ["Tenants", "Sources", "Keys", "Permissions"];

    /// <exception cref="StartRefusedException">A list is none.</exception>
    public static void Check(IConfiguration settings) => Check(settings.GetSection(TenantsOptions.Section));

    private static void Check(IConfigurationSection section)
    {
        var isList = Lists.Contains(section.Key, StringComparer.OrdinalIgnoreCase);
        var children = section.GetChildren().ToArray();
        if (isList && (!string.IsNullOrEmpty(section.Value) || children.Any(child => !IsPlace(child.Key))))
        {
            throw new StartRefusedException($"{section.Path} must be a list: \"{section.Key}\": [ … ] in a file, {section.Path}:0 for its first item elsewhere.");
        }

        foreach (var child in children)
        {
            Check(child);
        }
    }

    private static bool IsPlace(string key) => int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}

namespace Tracker.Server.Hosting;

/// <summary>The one place that names the console; everything else writes to a writer it was handed.</summary>
internal static class Terminal
{
#pragma warning disable RS0030 // Banned so that nothing writes past the writers below.
    public static TextWriter Out => Console.Out;

    public static TextWriter Error => Console.Error;
#pragma warning restore RS0030
}

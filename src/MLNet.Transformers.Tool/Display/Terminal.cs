using Spectre.Console;

namespace MLNet.Transformers.Tool.Display;

/// <summary>Where the tool writes to.</summary>
internal static class Terminal
{
    private const int PlainWidth = 120;

    /// <summary>The standard output: as it is, or plain text where it is a file, a pipe or a build machine's.</summary>
    public static IAnsiConsole Create()
    {
        if (!Console.IsOutputRedirected && Environment.GetEnvironmentVariable("CI") is null)
            return AnsiConsole.Console;
        return Plain(Console.Out);
    }

    /// <summary>Plain text, without colours and control characters.</summary>
    public static IAnsiConsole Plain(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = PlainWidth;
        return console;
    }

    /// <summary>Whether what is written can be written over.</summary>
    public static bool IsLive(this IAnsiConsole console) => console.Profile.Capabilities is { Ansi: true, Interactive: true };

    /// <summary>A table as this console can show it.</summary>
    public static Table Table(this IAnsiConsole console, params IEnumerable<string> headings)
    {
        var (border, gap) = console.IsLive() ? (TableBorder.Rounded, 1) : (TableBorder.None, 3);
        return new Table().Border(border).AddColumns([.. headings.Select(heading => new TableColumn(heading).PadRight(gap))]);
    }
}

using PackageSections;
using Spectre.Console;

// dotnet run                  trains, compares with ML.NET's n-grams, saves package-sections.zip
// dotnet run -- classify      loads it and files the packages that are typed or piped in
const string ModelPath = "package-sections.zip";

if (Console.IsOutputRedirected)
{
    // A file or a pipe gets plain text.
    AnsiConsole.Profile.Capabilities.Ansi = false;
    AnsiConsole.Profile.Capabilities.Interactive = false;
    AnsiConsole.Profile.Width = 120;
}

switch (args)
{
    case []:
        Training.Run(ModelPath);
        return 0;
    case ["classify"]:
        return Classifier.Run(ModelPath);
    default:
        Console.Error.WriteLine("usage: dotnet run [-- classify]");
        return 2;
}

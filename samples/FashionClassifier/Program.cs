using FashionClassifier;
using Spectre.Console;

// dotnet run                           trains a ViT on Fashion-MNIST, measures it beside raw pixels, saves fashion.zip and attention.html
// dotnet run -- --epochs 3             the same with fewer passes
// dotnet run -- --quick                the same in seconds, to see that it works
// dotnet run -- classify               loads it and classifies the first images of the test set
const string ModelPath = "fashion.zip";

if (Console.IsOutputRedirected)
{
    // A file or a pipe gets plain text.
    AnsiConsole.Profile.Capabilities.Ansi = false;
    AnsiConsole.Profile.Capabilities.Interactive = false;
    AnsiConsole.Profile.Width = 120;
}

try
{
    if (args is ["classify"])
    {
        return Classifier.Run(ModelPath);
    }
    if (Settings.Parse(args) is { } settings)
    {
        Training.Run(settings, ModelPath);
        return 0;
    }
}
catch (DirectoryNotFoundException missing)
{
    Console.Error.WriteLine(missing.Message);
    return 1;
}
Console.Error.WriteLine("usage: dotnet run [-- [--quick] [--epochs N] | classify]");
return 2;

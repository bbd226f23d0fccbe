using System.Globalization;
using TitleTranslation = TitleTranslationApp.TitleTranslation;

// dotnet run                      answers some rows that the model was not trained on
// dotnet run -- train             trains the model anew as it was trained, prints how good it is, and saves it
// dotnet run -- evaluate FILE     prints how good the model is on other data
switch (args)
{
    case []:
        TitleTranslation.ModelInput[] rows =
        [
            new() { English = "libraries for nemo components - gir bindings" },
            new() { English = "Evolution MIME message handling library" },
            new() { English = "module to expose the flag that marks global destruction" },
        ];
        foreach (var row in rows)
        {
            Console.WriteLine(row.English);
            Console.WriteLine($"  {TitleTranslation.Predict(row).Translation}");
        }
        return 0;
    case ["train"]:
        var trained = TitleTranslation.ProjectPath("TitleTranslation.mlnet");
        TitleTranslation.Train(trained);
        Console.WriteLine($"Saved to {trained}: the next dotnet run uses it.");
        return 0;
    case ["evaluate", var path] when Path.Exists(TitleTranslation.ProjectPath(path)):
        Console.WriteLine(TitleTranslation.Evaluate(path));
        return 0;
    case ["evaluate", var path]:
        Console.Error.WriteLine($"There is no '{path}'.");
        return 1;
    default:
        Console.Error.WriteLine("usage: dotnet run [-- train | -- evaluate FILE]");
        return 2;
}

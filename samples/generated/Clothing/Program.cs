using System.Globalization;
using Clothing = ClothingApp.Clothing;

// dotnet run                      answers some of the images
// dotnet run -- train             trains the model anew as it was trained, prints how good it is, and saves it
// dotnet run -- evaluate FOLDER   prints how good the model is on other data
switch (args)
{
    case []:
        string[] rows =
        [
            @"../../data/fashion-mnist/Ankle boot/0001.png",
            @"../../data/fashion-mnist/Bag/0001.png",
            @"../../data/fashion-mnist/Coat/0001.png",
        ];
        foreach (var row in rows)
        {
            Console.WriteLine(row);
            var image = new Clothing.ModelInput { ImageSource = File.ReadAllBytes(Clothing.ProjectPath(row)) };
            foreach (var (label, probability) in Clothing.PredictAllLabels(image).Take(3))
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {probability,7:P1}  {label}"));
        }
        return 0;
    case ["train"]:
        var trained = Clothing.ProjectPath("Clothing.mlnet");
        Clothing.Train(trained);
        Console.WriteLine($"Saved to {trained}: the next dotnet run uses it.");
        return 0;
    case ["evaluate", var path] when Path.Exists(Clothing.ProjectPath(path)):
        Console.WriteLine(Clothing.Evaluate(path));
        return 0;
    case ["evaluate", var path]:
        Console.Error.WriteLine($"There is no '{path}'.");
        return 1;
    default:
        Console.Error.WriteLine("usage: dotnet run [-- train | -- evaluate FOLDER]");
        return 2;
}

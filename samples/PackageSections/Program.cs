using PackageSections;

// dotnet run                  trains, compares with ML.NET's n-grams, saves package-sections.zip
// dotnet run -- classify      loads it and files the packages that are typed or piped in
const string ModelPath = "package-sections.zip";

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

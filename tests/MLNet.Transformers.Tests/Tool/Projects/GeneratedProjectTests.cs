using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.ML;
using MLNet.Transformers.Tool.Projects;
using MLNet.Transformers.Tool.Projects.Code;
using MLNet.Transformers.Tool.Scenarios;

namespace MLNet.Transformers.Tests.Tool.Projects;

/// <summary>
/// The code of all scenarios, built with this repository's analyzers and no warning in one project outside it, and run in one process: it
/// predicts, measures, and trains the very model again that the tool has trained here.
/// </summary>
public sealed class GeneratedProjectTests
{
    [Fact]
    public void TheCodeOfAllScenariosPredictsMeasuresAndTrainsTheSameModelAgain()
    {
        using var folder = new TemporaryFolder();
        var projects = FixedProjects.All(folder.Path);
        // One of them is a project as it is written; the others lend it their code.
        var host = projects[0];
        ProjectWriter.Write(host);
        var home = host.Job.ProjectFolder;
        File.Copy(Path.Combine(SourceClone.Folder!, ".editorconfig"), Path.Combine(home, ".editorconfig"));
        File.Delete(Path.Combine(home, "Program.cs"));
        foreach (var project in projects)
        {
            foreach (var file in ProjectWriter.Files(project).Where(file => file.Name.StartsWith($"{project.Job.Name}.", StringComparison.Ordinal)))
                File.WriteAllText(Path.Combine(home, file.Name == $"{project.Job.Name}.csproj" && project != host ? $"{file.Name}.txt" : file.Name), file.Text);
            File.WriteAllText(Path.Combine(home, $"{project.Job.Name}.Program.cs"), AsClass(project));
        }
        File.WriteAllText(Path.Combine(home, "Program.cs"), Driver(projects));
        File.Copy(Path.Combine(SourceClone.Folder!, "tests/MLNet.Transformers.Tests/Tool/Projects/RecordText.cs"), Path.Combine(home, "RecordText.cs"));

        var metrics = projects.Select(project => Train(project, Path.Combine(home, $"{project.Job.Name}.mlnet"))).ToList();
        var program = Build(home);
        foreach (var project in projects)
            File.Copy(Path.Combine(home, $"{project.Job.Name}.mlnet"), Path.Combine(Path.GetDirectoryName(program)!, $"{project.Job.Name}.mlnet"), overwrite: true);
        var said = Run("dotnet", folder.Path, program);

        Assert.Contains("threads agree: True", said.Split('\n'));
        foreach (var options in ObjectCodeTests.Hard)
            Assert.Contains(RecordText.Of(options), said.Split('\n'));
        foreach (var (project, expected) in projects.Zip(metrics))
        {
            var own = said.Split($"== {project.Job.Name} ==")[1].Split("== end ==")[0];
            var answers = own.Split("-- options --")[0];
            Assert.True(answers.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length >= project.Examples.Count, own);
            Assert.Contains($"-- options --\n{RecordText.Of(project.Options)}\n", own, StringComparison.Ordinal);
            Assert.Contains($"-- evaluated --\n", own, StringComparison.Ordinal);
            foreach (var metric in expected)
                Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"retrained {metric.Name} {metric.Value:R}\n"), own, StringComparison.Ordinal);
        }
    }

    /// <summary>What the tool does: trains on the rows that are not kept out, measures on those that are, and saves.</summary>
    private static IReadOnlyList<Metric> Train(TrainedProject project, string path)
    {
        var mlContext = new MLContext(project.Job.Seed);
        var (scenario, data) = (project.Job.Scenario, project.Setup.Dataset.Load(mlContext));
        IReadOnlyList<Metric> metrics;
        ITransformer model;
        if (project.Job.Folds is { } count)
        {
            var folds = mlContext.Data.CrossValidationSplit(data, count, seed: project.Job.Seed)
                .Select(fold => Measure(Fit(fold.TrainSet), fold.TestSet)).ToList();
            metrics = [.. folds[0].Select((metric, index) => metric with { Value = folds.Average(fold => fold[index].Value) })];
            model = Fit(data);
        }
        else
        {
            var (training, validation) = project.ValidationDataset is { } other
                ? (data, other.Load(mlContext))
                : mlContext.Data.TrainTestSplit(data, project.Job.SplitRatio, seed: project.Job.Seed) is var split ? (split.TrainSet, split.TestSet) : default;
            model = Fit(training);
            metrics = Measure(model, validation);
        }
        mlContext.Model.Save(model, data.Schema, path);
        return metrics;

        ITransformer Fit(IDataView rows) => scenario.Fit(mlContext, project.Options, project.Pretraining, rows);
        IReadOnlyList<Metric> Measure(ITransformer measured, IDataView rows) => scenario.Evaluate(mlContext, project.Options, measured, rows);
    }

    /// <summary>The program of a project as a method of a class, so that several can live in one project.</summary>
    private static string AsClass(TrainedProject project)
    {
        var lines = ProjectWriter.Files(project).Single(file => file.Name == "Program.cs").Text.Split('\n');
        var body = lines.SkipWhile(line => line.Length > 0);
        return $$"""
            {{string.Join('\n', lines.TakeWhile(line => line.Length > 0))}}

            internal static class {{project.Job.Name}}Program
            {
                public static int Run(string[] args)
                {
            {{string.Join('\n', body.Select(line => line.Length > 0 ? $"        {line}" : ""))}}
                }
            }

            """;
    }

    private static string Driver(IReadOnlyList<TrainedProject> projects)
    {
        var code = new StringBuilder("using System.Globalization;\nusing MLNet.Transformers;\nusing MLNet.Transformers.Models;\nusing MLNet.Transformers.Tests.Tool.Projects;\n\n");
        foreach (var project in projects)
        {
            var name = project.Job.Name;
            code.Append(CultureInfo.InvariantCulture, $$"""
                Console.WriteLine("== {{name}} ==");
                if ({{name}}Program.Run([]) != 0)
                    return 1;
                Console.WriteLine("-- options --");
                Console.WriteLine(RecordText.Of({{ObjectCode.Of(project.Options)}}));
                Console.WriteLine("-- evaluated --");
                if ({{name}}Program.Run(["evaluate", "{{ProjectPaths.Relative(project.Job, project.Setup.Dataset.Path)}}"]) != 0)
                    return 1;
                foreach (var (metric, value) in {{name}}App.{{name}}.Train("{{name}}.retrained.mlnet").Metrics)
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"retrained {metric} {value:R}"));
                Console.WriteLine("== end ==");

                """);
        }
        // One class for all threads.
        code.Append("""
            var alone = Answer();
            Console.WriteLine($"threads agree: {Enumerable.Range(0, 64).AsParallel().WithDegreeOfParallelism(8).All(_ => Answer() == alone)}");
            static string Answer() => string.Join(' ', SectionsApp.Sections.PredictAllLabels(new() { _2nd__text_ = "hear a star" }));

            """);
        foreach (var options in ObjectCodeTests.Hard)
            code.Append(CultureInfo.InvariantCulture, $"Console.WriteLine(RecordText.Of({ObjectCode.Of(options)}));\n");
        return code.Append("return 0;\n").ToString();
    }

    private static string Build(string folder)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Parent!.Name;
        Run("dotnet", folder, "build", "-c", configuration, "-v", "q", "-nologo", "-nodeReuse:false", "-p:BuildProjectReferences=false",
            "-p:TreatWarningsAsErrors=true", "-p:AnalysisLevel=latest-recommended", "-p:EnforceCodeStyleInBuild=true");
        return Path.Combine(folder, "bin", configuration, "net10.0", "Sections.dll");
    }

    private static string Run(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // What the test runner tells its own build is not for another.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{said}\n{errors.Result}");
        return said;
    }
}

using MLNet.Transformers.Tool.Data;
using MLNet.Transformers.Tool.Display;
using MLNet.Transformers.Tool.Projects;
using MLNet.Transformers.Tool.Scenarios;
using MLNet.Transformers.Tool.Search;
using Spectre.Console;

namespace MLNet.Transformers.Tool;

/// <summary>The way from data to a project.</summary>
internal sealed class TrainingJob
{
    private const int StoppedByUser = 130;

    /// <summary>Share of the time that saving the model and writing the project may take.</summary>
    private const double WritingShare = 0.02;

    private readonly Job job;
    private readonly IAnsiConsole console;
    private readonly TrainingLog log;
    private readonly JobFolder folder;
    private readonly SearchClock clock = new(TimeProvider.System);
    private readonly MLContext mlContext;
    private readonly Dataset dataset;
    private readonly Dataset? validation;
    private readonly TrainingSetup setup;

    private TrainingJob(Job job, IAnsiConsole console, TrainingLog log)
    {
        (this.job, this.console, this.log) = (job, console, log);
        folder = new(job);
        folder.RequireUnfinished();
        mlContext = new(seed: job.Seed) { GpuDeviceId = job.GpuDeviceId, FallbackToCpu = false };
        log.Listen(mlContext);
        dataset = DatasetReader.Read(job);
        validation = DatasetReader.ReadValidation(job, dataset);
        setup = new(dataset, job.PretrainedFolder, job.Seed, job.GpuDeviceId);
    }

    private bool IsCrossValidated => job.Folds is not null;

    /// <summary>Does what a job asks for; the exit code.</summary>
    /// <exception cref="InputException">What the user gave cannot be worked with.</exception>
    public static int Run(Job job, CancellationToken cancellationToken)
    {
        using var log = TrainingLog.Open(job.LogFilePath);
        try
        {
            return new TrainingJob(job, Terminal.Create(), log).Run(cancellationToken);
        }
        catch (Exception exception)
        {
            log.Write(exception.ToString());
            throw;
        }
    }

    private int Run(CancellationToken cancellation)
    {
        DatasetDisplay.Write(console, dataset);
        job.Scenario.Check(mlContext, setup);
        var split = DataSplit.Of(mlContext, job, dataset, validation);
        console.WriteLine(SplitText.Of(split));
        using var kept = SearchFolder.Open(folder.SearchPath);
        if (job.Force)
            Forget(kept);
        using var journal = SearchJournal.Open(folder.JournalPath, Asked.Of(job, dataset), clock);
        if (journal.WasThere)
            console.WriteLine(TrialText.Text($"Going on with the search that was begun here: {TrialText.Count(journal.State.Results.Count)} done, {TrialText.Time(TimeSpan.FromSeconds(clock.Seconds))} of {TrialText.Time(job.TrainTime)} used."));
        ISearchDisplay display = console.IsLive()
            ? new LiveSearchDisplay(console, job.Scenario.MetricName, clock, job.TrainTime)
            : new PlainSearchDisplay(console, job.Scenario.MetricName);
        var learner = new ScenarioLearner(mlContext, job.Scenario, setup, split, kept, display, log);
        var best = Search(journal, learner, kept, display, cancellation);
        if (best is null)
            return StoppedByUser;
        var project = Finish(best, journal, kept, split);
        if (cancellation.IsCancellationRequested)
            return StoppedByUser;
        journal.Delete();
        kept.Delete();
        return job.Serve ? Serve(project, cancellation) : 0;
    }

    /// <summary>The best trial, whose model is kept; null where the user ended the search before there was one.</summary>
    private TrialResult? Search(SearchJournal journal, ScenarioLearner learner, SearchFolder kept, ISearchDisplay display, CancellationToken cancellation)
    {
        var again = job.Folds is { } folds ? 1.0 / (folds - 1) : 0;
        var question = new SearchQuestion(job.TrainTime.TotalSeconds * (1 - WritingShare), job.Seed, job.Scenario.GreaterIsBetter, again);
        var models = new ModelStore(mlContext, dataset.Load(mlContext).Schema, kept);
        display.Went(journal.State.Results, question.Best(journal.State.Results)?.Number);
        try
        {
            return display.Show(() =>
            {
                var best = new SuccessiveHalving(learner, job.Scenario.Space(setup), question, journal, models, display).Run(cancellation);
                if (IsCrossValidated)
                    TrainOnAllRows(best, journal, learner, models, display, cancellation);
                return best;
            });
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            if (!IsCrossValidated && question.Best(journal.State.Results) is { } best)
            {
                console.WriteLine(TrialText.Text($"Stopped: the best of {TrialText.Count(journal.State.Results.Count)} is written. The same command goes on with the search."));
                return best;
            }
            console.WriteLine("Stopped before there was a model to keep. The same command goes on where it was.");
            return null;
        }
    }

    private static void TrainOnAllRows(
        TrialResult best, SearchJournal journal, ScenarioLearner learner, ModelStore models, ISearchDisplay display, CancellationToken cancellation)
    {
        display.Began("Training the best on all rows");
        var candidate = journal.State.CandidateOf(best);
        using var model = learner.TrainOnAllRows(best.Trial, journal.State.PaceOf(candidate), cancellation) as IDisposable;
        models.Keep(best.Number, (ITransformer)model!);
    }

    private TrainedProject Finish(TrialResult best, SearchJournal journal, SearchFolder kept, DataSplit split)
    {
        folder.TakeModel(kept.Model(best.Number));
        var project = new TrainedProject
        {
            Job = job,
            Setup = setup,
            ValidationDataset = validation,
            Options = job.Scenario.Options(best.Trial, setup),
            Pretraining = job.Scenario.Pretraining(best.Trial, setup),
            Best = best,
            Trials = journal.State.Results,
            Examples = ExampleRows.Of(split.Folds[0].ValidationRows, validation ?? dataset),
        };
        IReadOnlyList<string> files;
        try
        {
            files = ProjectWriter.Write(project);
        }
        catch (Exception exception) when (exception is not InputException)
        {
            log.Write(exception.ToString());
            throw new InputException($"The model is in '{folder.ModelPath}', but the files of its project could not be written: {exception.Message} The same command tries again.");
        }
        Summary.Write(console, project, new(folder.ModelPath, files, clock.Seconds, Baseline.Of(mlContext, setup, split.Folds[0])));
        return project;
    }

    private int Serve(TrainedProject project, CancellationToken cancellation)
    {
        console.WriteLine();
        console.WriteLine("Building the project ...");
        var server = new ProjectServer(job.ProjectFolder, job.Name);
        server.Build();
        if (cancellation.IsCancellationRequested)
            return 0;
        console.WriteLine("Serving it until Ctrl+C. Meanwhile:");
        NextSteps.Write(console, project);
        return server.Serve(cancellation);
    }

    private void Forget(SearchFolder kept)
    {
        kept.Clean(null);
        File.Delete(folder.JournalPath);
    }
}

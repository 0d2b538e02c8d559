//! Words about the pool of tasks.

words! {
    pool = "从更长周期抽取", "Draw from longer plans";
    pool_words =
        "任务库和更长周期计划里的事项。抽取后在本计划里有自己的权重，原事项保持不变，并汇总本计划的进展。",
        "Items of the pool and of plans of longer periods. Drawn into this plan they get a weight of their own; the longer plan keeps its item, and sums up how far this one brings it.";
    draw_from_pool = "从更长周期抽取", "Draw from longer plans";
    draw = "抽取", "Draw";
    drawn = "已加入本计划", "Added to this plan";
    drawn_here = "本计划已抽取此事项", "This plan has drawn it already";
    never_drawn = "尚未抽取", "not drawn yet";
}

sentences! {
    drawn_times(drawn, finished) = "已抽取 {drawn} 次，完成 {finished} 次", "drawn {drawn} times, {finished} finished";
    percent_done(percent) = "完成 {percent}%", "{percent} % done";
}
